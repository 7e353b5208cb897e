using Workato.Connections.SampleApp.Accounts;
using Workato.Connections.SampleApp.Api;
using Workato.Connections.SampleApp.Control;
using Workato.Connections.SampleApp.Misbehaving;
using Workato.Connections.SampleApp.SignIn.OAuth1;
using Workato.Connections.SampleApp.SignIn.OAuth2;

namespace Workato.Connections.SampleApp;

/// <summary>
/// Everything the app remembers, in memory and for one process. Each part guards itself; a reset swaps them all at
/// once, so a request in flight finishes against the world it started in or the new one, never a half-cleared one.
/// </summary>
internal sealed class SampleAppState
{
    private volatile World _world = new();

    public AccountBook Accounts => _world.Accounts;

    public NoteBook Notes => _world.Notes;

    public RequestTally Tally => _world.Tally;

    public OAuth2State OAuth2 => _world.OAuth2;

    public OAuth1State OAuth1 => _world.OAuth1;

    public Behaviour Behaviour
    {
        get => _world.Behaviour;
        set => _world.Behaviour = value;
    }

    public void Reset() => _world = new World();

    private sealed class World
    {
        private volatile Behaviour _behaviour = Behaviour.Good;

        public AccountBook Accounts { get; } = new();

        public NoteBook Notes { get; } = new();

        public RequestTally Tally { get; } = new();

        public OAuth2State OAuth2 { get; } = new();

        public OAuth1State OAuth1 { get; } = new();

        public Behaviour Behaviour
        {
            get => _behaviour;
            set => _behaviour = value;
        }
    }
}
