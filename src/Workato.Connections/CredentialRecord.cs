using Workato.Connections.Auditing;
using Workato.Connections.Authorizing;
using Workato.Connections.Authorizing.Refresh;
using Workato.Connections.Health;
using Workato.Connections.Secrets;

namespace Workato.Connections;

/// <summary>Writes credentials into a connection, and takes them out again.</summary>
internal static class CredentialRecord
{
    /// <summary>Puts new credentials in place of whatever was there. The row must have its id: they are sealed for it.</summary>
    public static void Put(this Connection connection, ReadyCredentials ready, Actor by, CredentialProtector protector, DateTimeOffset now)
    {
        var (credentials, profileId, proof) = ready;
        connection.Describe(ready);
        connection.SealedSecrets = protector.Seal(connection.Id, credentials.Given.Secrets);
        connection.SealedTokens = credentials.Tokens is { } tokens ? protector.Seal(connection.Id, tokens) : null;
        connection.CredentialVersion++;
        (connection.AuthorizedBy, connection.AuthorizedById) = (by.Name, by.Kind == ActorKind.Member ? by.Id : null);
        var identityBefore = connection.Identity;
        (connection.Status, connection.AuthorizedAt, connection.Identity) = (null, null, null);
        (connection.Cause, connection.Evidence) = (null, null);
        (connection.LostAt, connection.LostReason, connection.Error) = proof is null ? (null, null, null) : (connection.LostAt, connection.LostReason, connection.Error);
        connection.KeepUp(credentials, now);
        if (proof is not null) connection.Record(proof, credentials.Way, credentials.Given, now);
        else connection.TestDueAt = HealthSchedule.Next(now);
        // Said until the next replacement: whoever swapped accounts by mistake finds it out.
        connection.IdentityBefore = identityBefore is not null && connection.Identity is not null && identityBefore != connection.Identity ? identityBefore : null;
    }

    /// <summary>How one signs in and with which settings, without the secrets.</summary>
    public static void Describe(this Connection connection, ReadyCredentials ready)
    {
        var (credentials, profileId, _) = ready;
        connection.SignInBy = credentials.Way.Name;
        connection.Settings = new(credentials.Given.Settings);
        connection.UsesTokens = credentials.Way.Placement.UsesTokens;
        connection.CustomOAuthProfileId = profileId;
    }

    /// <summary>Takes the credentials away; what the connection is stays.</summary>
    public static void TakeAway(this Connection connection)
    {
        (connection.SealedSecrets, connection.SealedTokens) = (null, null);
        connection.CredentialVersion++;
        (connection.Status, connection.Error, connection.Identity) = (null, null, null);
        (connection.AuthorizedBy, connection.AuthorizedById) = (null, null);
        (connection.AuthorizedAt, connection.TestedAt, connection.LostAt, connection.LostReason) = (null, null, null, null);
        (connection.RequestedScopes, connection.GrantedScopes, connection.TokensExpireAt) = (null, null, null);
        (connection.RefreshDueAt, connection.RefreshHolder, connection.RefreshHeldUntil) = (null, null, null);
        (connection.RefreshFailures, connection.RefreshProblem) = (0, null);
        (connection.Cause, connection.Evidence, connection.IdentityBefore) = (null, null, null);
        (connection.TestDueAt, connection.EndsAt, connection.EndIsGiven, connection.WarnAt) = (null, null, false, null);
    }

    private static void KeepUp(this Connection connection, OpenCredentials credentials, DateTimeOffset now)
    {
        var (terms, tokens) = (credentials.Way.Placement.OAuth2, credentials.Tokens);
        connection.RequestedScopes = terms is not null && tokens is not null && Scopes.Asked(terms, credentials.Given.Settings) is { Count: > 0 } asked ? string.Join(' ', asked) : null;
        connection.GrantedScopes = tokens?.Scope;
        connection.TokensExpireAt = tokens?.ExpiresAt;
        connection.Ends(tokens?.PermissionEndsAt, isGiven: false, now);
        connection.RefreshDueAt = RefreshSchedule.Due(credentials, now);
        (connection.RefreshHolder, connection.RefreshHeldUntil) = (null, null);
        (connection.RefreshFailures, connection.RefreshProblem) = (0, null);
    }
}
