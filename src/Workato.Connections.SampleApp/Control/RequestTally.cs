namespace Workato.Connections.SampleApp.Control;

/// <summary>What the API was asked, so that a test can say "the app was asked N times".</summary>
internal sealed class RequestTally
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, int> _byMode = [];
    private readonly SortedDictionary<string, int> _byAccount = [];
    private int _rejected;
    private string? _lastAccount;

    public void CountRequest(string mode)
    {
        lock (_lock) _byMode[mode] = _byMode.GetValueOrDefault(mode) + 1;
    }

    public void CountAccount(string username)
    {
        lock (_lock)
        {
            _byAccount[username] = _byAccount.GetValueOrDefault(username) + 1;
            _lastAccount = username;
        }
    }

    public void CountRejected()
    {
        lock (_lock) _rejected++;
    }

    public TallySnapshot Snapshot()
    {
        lock (_lock)
            return new(_byMode.Values.Sum(), _rejected, new(_byMode), new(_byAccount), _lastAccount);
    }
}

/// <summary>The tally at one moment.</summary>
internal sealed record TallySnapshot(
    int Requests,
    int Rejected,
    SortedDictionary<string, int> ByMode,
    SortedDictionary<string, int> ByAccount,
    string? LastAccount);
