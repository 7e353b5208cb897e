using Duende.IdentityModel;
using Duende.IdentityModel.Client;
using Microsoft.EntityFrameworkCore;
using Workato.Connections.Answers;
using Workato.Connections.Auditing;
using Workato.Connections.AuthMethods;
using Workato.Connections.Authorizing;
using Workato.Connections.Connectors;
using Workato.Connections.Data;
using TokenClient = Workato.Connections.Authorizing.TokenClient;

namespace Workato.Connections;

/// <summary>Connecting without a browser of one's own (RFC 8628): a script shows a code, a person enters it at the app.</summary>
public sealed class DeviceAuthorization(
    ConnectionsDbContext db, ConnectorCatalog catalog, CredentialPreparation preparation, StoredCredentials stored, AuthorizationAttempts attempts, OAuthHttp http, TokenClient tokens, ConnectionAuthorization authorization, WhoActs who)
{
    private const int LongestMinutes = 60;

    /// <summary>Asks the app for a code.</summary>
    public async Task<Result<DeviceCode>> BeginAsync(int id, CancellationToken cancel)
    {
        var prepared = await PrepareAsync(id, cancel);
        if (prepared.Refusal is { } refusal) return refusal;
        var (of, address) = prepared.Value;
        var (app, terms, client) = (of.Connector.Title, of.Way.Placement.OAuth2!, OAuthClient.Of(of.Way.Placement, of.Values));
        if (client is null) return new Refusal(RefusalKind.Unproved, TokenWords.NoClient(app));

        var parameters = new Parameters();
        if (Scopes.Asked(terms, of.Given.Settings) is { Count: > 0 } asked) parameters.Add(terms.ScopeParameter, string.Join(terms.ScopeSeparator, asked));
        using var request = http.Request(of, client, address, parameters);
        if (request is null) return AuthorizationRequests.Unasked(TokenWords.UnreadableKey(app));
        try
        {
            using var response = await http.PostAsync(request, cancel);
            var answer = await AppAnswer.ReadAsync(response.Content, cancel);
            if (answer.Text("/device_code") is not { } deviceCode || answer.Text("/user_code") is not { } userCode || (answer.Text("/verification_uri") ?? answer.Text("/verification_url")) is not { } uri)
                return AuthorizationRequests.NotTaken(of, response, answer);

            var life = TimeSpan.FromSeconds(Math.Clamp(Number(answer, "/expires_in", 600), 1, LongestMinutes * 60));
            var intent = new Intent(null, new Dictionary<string, string?>(), "", null, null, false) { DeviceCode = deviceCode, By = who.Actor };
            await attempts.AddAsync(of.Connector.Provider, id, deviceCode, AuthorizationAttempts.NewSecret(), intent, cancel, life);
            return new DeviceCode(OneLine.Of(userCode), OneLine.Of(uri, 500), answer.Text("/verification_uri_complete") is { } whole ? OneLine.Of(whole, 1000) : null, (int)life.TotalSeconds, Math.Max(1, Number(answer, "/interval", 5)));
        }
        catch (Exception e) when (!cancel.IsCancellationRequested && e is OperationCanceledException or HttpRequestException or IOException)
        {
            return AuthorizationRequests.Unasked(OAuthHttp.Failure(app, address, e));
        }
    }

    /// <summary>Asks the app once whether the person has agreed; connected when it has.</summary>
    public async Task<Result<DeviceState>> PollAsync(int id, CancellationToken cancel)
    {
        var prepared = await PrepareAsync(id, cancel);
        if (prepared.Refusal is { } refusal) return refusal;
        if (await attempts.FindDeviceAsync(id, cancel) is not { } under) return new Refusal(RefusalKind.Conflict, "There is no code that waits for somebody, or it has expired. Begin again.");

        var (attempt, intent) = under;
        // From here on whoever asks may go away: tokens the app issues are issued once.
        var outcome = await tokens.AskAsync(
            prepared.Value.Of, prepared.Value.Of.Way.Placement.OAuth2!.TokenUrl, OidcConstants.GrantTypes.DeviceCode, new() { { OidcConstants.TokenRequest.DeviceCode, intent.DeviceCode! } }, null, CancellationToken.None);
        // RFC 8628 section 3.5.
        if (outcome is TokenOutcome.Refused { Code: "authorization_pending" } or TokenOutcome.InTrouble or TokenOutcome.Unknown) return new DeviceState("waiting", null);
        if (outcome is not TokenOutcome.Granted granted)
        {
            await attempts.FinishAsync(attempt, id, outcome.Problem, cancel);
            return new DeviceState("failed", outcome is TokenOutcome.Refused { Code: "access_denied" } ? TokenWords.NotAuthorized(prepared.Value.Of.Connector.Title, "access_denied", null) : outcome.Problem);
        }

        var stored = await authorization.StoreAsync(attempt, intent, prepared.Value.Of with { Tokens = granted.Tokens }, new Dictionary<string, string>(), CancellationToken.None);
        await attempts.FinishAsync(attempt, id, stored.Refusal?.Message, CancellationToken.None);
        return stored.Refusal is { } unable ? unable : new DeviceState("done", null);
    }

    private async Task<Result<(OpenCredentials Of, string Address)>> PrepareAsync(int id, CancellationToken cancel)
    {
        if (await db.Connections.AsNoTracking().SingleOrDefaultAsync(c => c.Id == id, cancel) is not { } row) return Refusal.NotFound("Connection");
        if (catalog.Find(row.Provider) is not { } connector) return StoredCredentials.NotInstalled(row.Provider);
        var check = await preparation.CheckAsync(connector, new Dictionary<string, string?>(), stored.OpenWhatCanBe(row, connector), needsProfile: true, cancel);
        if (check.Refusal is { } refusal) return refusal;
        var of = check.Value!.Credentials;
        return of.Way.Placement.OAuth2?.DeviceUrl is { } address
            ? (of, address.Fill(of.Values.Settings.GetValueOrDefault))
            : Refusal.Invalid("id", $"is a connection to {connector.Title}, which cannot be connected by a device code; use get_oauth_url");
    }

    private static int Number(AppAnswer answer, string pointer, int otherwise) =>
        int.TryParse(answer.Text(pointer), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : otherwise;
}

/// <summary>What a person enters where (RFC 8628 section 3.2).</summary>
/// <param name="UserCode">The code.</param>
/// <param name="VerificationUri">Where.</param>
/// <param name="VerificationUriComplete">The same with the code in it, where the app has such an address.</param>
/// <param name="ExpiresIn">Seconds it can be entered in.</param>
/// <param name="Interval">Seconds to wait between two questions how it stands.</param>
public sealed record DeviceCode(string UserCode, string VerificationUri, string? VerificationUriComplete, int ExpiresIn, int Interval);

/// <summary>How it stands.</summary>
/// <param name="State"><c>waiting</c>, <c>done</c> or <c>failed</c>.</param>
/// <param name="Problem">Why it failed.</param>
public sealed record DeviceState(string State, string? Problem);
