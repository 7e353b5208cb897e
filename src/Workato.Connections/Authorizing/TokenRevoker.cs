using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Workato.Connections.Authorizing.Profiles;
using Workato.Connections.AuthMethods;
using Workato.Connections.Data;

namespace Workato.Connections.Authorizing;

/// <summary>Tells an app that its tokens are not needed any more (RFC 7009), where it wants to know.</summary>
public sealed partial class TokenRevoker(ConnectionsDbContext db, StoredCredentials stored, OAuthHttp http, ILogger<TokenRevoker> log)
{
    // The credentials are gone here already; an app that takes longer is told in vain.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Whether to: some apps end a whole grant by one of its tokens, and would take those of another connection of the same account along.</summary>
    internal async Task<bool> IsAloneAsync(Connection row, CancellationToken cancel)
    {
        var (id, provider, profile, identity) = (row.Id, row.Provider, row.CustomOAuthProfileId, row.Identity);
        return !await db.Connections.AnyAsync(
            c => c.Id != id && c.SealedTokens != null && c.Provider == provider && c.CustomOAuthProfileId == profile && (identity == null || c.Identity == null || c.Identity == identity), cancel);
    }

    /// <summary>Tells the app of a connection that is deleted, as it was, where nothing else lives on the same grant.</summary>
    internal async Task RevokeAsync(Connection deleted, CancellationToken cancel)
    {
        if (deleted.SealedTokens is null || stored.Open(deleted, await db.ProfileOfAsync(deleted, cancel)).Value is not { } credentials) return;
        if (await IsAloneAsync(deleted, cancel)) await RevokeAsync(deleted.Id, credentials, cancel);
    }

    /// <summary>Tells it once. That it did not listen is logged and changes nothing.</summary>
    internal async Task RevokeAsync(int connectionId, OpenCredentials of, CancellationToken cancel)
    {
        if (of is not { Tokens: { } tokens, Way.Placement.OAuth2: { RevokeUrl: { } address } }) return;
        var (token, hint) = tokens.RefreshToken is { } refresh ? (refresh, "refresh_token") : (tokens.AccessToken, "access_token");
        using var request = http.Request(
            of, OAuthClient.Of(of.Way.Placement, of.Values), address.Fill(of.Values.Settings.GetValueOrDefault), new() { { "token", token.Reveal() }, { "token_type_hint", hint } });
        if (request is null) return;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(Patience);
        try
        {
            using var response = await http.PostAsync(request, patience.Token);
            LogRevoked(log, connectionId, of.Connector.Provider, (int)response.StatusCode);
        }
        catch (Exception e) when (e is OperationCanceledException or HttpRequestException or IOException)
        {
            LogNotRevoked(log, e, connectionId, of.Connector.Provider);
        }
    }

    [LoggerMessage(LogLevel.Information, "The app of connection {ConnectionId} ({Provider}) was told to revoke its tokens and answered {Status}.")]
    private static partial void LogRevoked(ILogger log, int connectionId, string provider, int status);

    [LoggerMessage(LogLevel.Warning, "The app of connection {ConnectionId} ({Provider}) could not be told to revoke its tokens. They are gone here; revoke them there.")]
    private static partial void LogNotRevoked(ILogger log, Exception e, int connectionId, string provider);
}
