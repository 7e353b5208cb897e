namespace Workato.Connections.SampleApp.SignIn.OAuth1;

/// <summary>A token and its secret. The secret is kept as it is, because signatures are made with it.</summary>
internal abstract class Credential
{
    public string Token { get; } = RandomSecret.New();

    public string Secret { get; } = RandomSecret.New();
}

/// <summary>For the way to the person and back (RFC 5849, 2.1).</summary>
internal sealed class TemporaryCredential(string callback) : Credential
{
    /// <summary>RFC 5849, 2.1: out of band, that is, the person carries the verifier over.</summary>
    public const string OutOfBand = "oob";

    private readonly Lock _lock = new();

    public string Callback => callback;

    public string? Username { get; private set; }

    public string? Verifier { get; private set; }

    public bool IsDecided { get; private set; }

    /// <summary>Notes what the person decided; false if they had decided before.</summary>
    public bool Decide(string? username)
    {
        lock (_lock)
        {
            if (IsDecided) return false;
            IsDecided = true;
            if (username is not null) (Username, Verifier) = (username, RandomSecret.New()[..20]);
            return true;
        }
    }
}

/// <summary>For calls (RFC 5849, 2.3). It has no end of its own.</summary>
internal sealed class TokenCredential(string username) : Credential
{
    public string Username => username;

    public bool IsRevoked { get; set; }
}
