namespace Workato.Connections.SampleApp.SignIn.OAuth2;

/// <summary>Authorization codes: short-lived and good for one time (RFC 6749, 4.1.2).</summary>
internal sealed class CodeBook
{
    private static readonly TimeSpan Life = TimeSpan.FromSeconds(60);

    private readonly Lock _lock = new();

    // Remembered for longer than they are good: a code that comes twice must be recognised.
    private readonly Shelf<IssuedCode> _codes = new(TimeSpan.FromMinutes(10));

    public string Issue(AuthorizationRequest request, Family family, DateTimeOffset now) =>
        _codes.Put(new(request, family, now + Life), now);

    /// <summary>Uses a code up, for a client that is who the code was made for. Who comes second learns nothing but a no.</summary>
    public (IssuedCode? Code, OAuth2Error? Problem) Redeem(string? secret, string clientId, TokenVault tokens, DateTimeOffset now)
    {
        lock (_lock)
        {
            if (_codes.Find(secret, now) is not { } code || code.Family.ClientId != clientId)
                return (null, OAuth2Error.InvalidGrant("The code is not known."));

            if (code.IsUsed)
            {
                // RFC 6749, 4.1.2: somebody stole it, before or after it was used.
                tokens.Revoke(code.Family);
                return (null, OAuth2Error.InvalidGrant("The code was used before."));
            }

            code.IsUsed = true;
            return code.Until > now ? (code, null) : (null, OAuth2Error.InvalidGrant("The code has expired."));
        }
    }
}

/// <summary>A code, and the permission it stands for.</summary>
internal sealed class IssuedCode(AuthorizationRequest request, Family family, DateTimeOffset until)
{
    public AuthorizationRequest Request => request;

    public Family Family => family;

    public DateTimeOffset Until => until;

    public bool IsUsed { get; set; }
}
