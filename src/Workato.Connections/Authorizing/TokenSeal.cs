using Workato.Connections.AuthMethods;
using Workato.Connections.Secrets;

namespace Workato.Connections.Authorizing;

/// <summary>Seals tokens for a connection's row.</summary>
internal static class TokenSeal
{
    public static byte[] Seal(this CredentialProtector protector, int connectionId, Tokens tokens) =>
        protector.Seal(SecretKinds.Tokens, CredentialProtector.Row(connectionId), Plain.Of(tokens));

    /// <summary>The tokens, or null where they cannot be opened.</summary>
    public static Tokens? OpenTokens(this CredentialProtector protector, int connectionId, byte[] sealedTokens) =>
        protector.Open<Plain>(SecretKinds.Tokens, CredentialProtector.Row(connectionId), sealedTokens)?.ToTokens();

    // The one place where tokens stand in the open: on their way into the seal. Secret itself refuses to be written.
    internal sealed record Plain(string AccessToken, string? TokenSecret, string? RefreshToken, DateTimeOffset? IssuedAt, DateTimeOffset? ExpiresAt, string? Scope, Dictionary<string, string> Learned, DateTimeOffset? PermissionEndsAt = null)
    {
        public static Plain Of(Tokens t) => new(t.AccessToken.Reveal(), t.TokenSecret?.Reveal(), t.RefreshToken?.Reveal(), t.IssuedAt, t.ExpiresAt, t.Scope, new(t.Learned), t.PermissionEndsAt);

        public Tokens ToTokens() => new()
        {
            AccessToken = new(AccessToken),
            TokenSecret = TokenSecret is null ? null : new(TokenSecret),
            RefreshToken = RefreshToken is null ? null : new(RefreshToken),
            IssuedAt = IssuedAt,
            ExpiresAt = ExpiresAt,
            Scope = Scope,
            PermissionEndsAt = PermissionEndsAt,
            Learned = Learned,
        };
    }
}
