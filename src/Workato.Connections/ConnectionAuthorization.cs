using Microsoft.EntityFrameworkCore;
using Workato.Connections.Authorizing;
using Workato.Connections.Connectors;
using Workato.Connections.Data;
using Workato.Connections.Recipes;

namespace Workato.Connections;

/// <summary>
/// The trip to the app and back. Nothing is made or changed before the app has issued tokens: who closes the window on the
/// way leaves nothing half done.
/// </summary>
public sealed class ConnectionAuthorization(
    ConnectionsDbContext db, ConnectorCatalog catalog, CredentialPreparation preparation, StoredCredentials stored, ConnectionService service,
    ConnectionGuards guards, AuthorizationAttempts attempts, AuthorizationLinks links, AppTrips trips, LearnedValues learned, InheritedInput inherited, ConnectionTrail trail, Travellers travellers, RecipeService recipes)
{
    // Somebody may change the connection while the person is away; the tokens in hand are worth another try.
    private const int MaxAttempts = 3;

    /// <summary>Begins for a connection that is made when it succeeds.</summary>
    public async Task<Result<BegunAuthorization>> BeginAsync(NewConnection wanted, ReturnTo returnTo, CancellationToken cancel)
    {
        if (catalog.Find(wanted.Provider ?? "") is not { } connector) return guards.UnknownProvider(wanted.Provider);
        var problems = ConnectionGuards.Texts(wanted.Name, wanted.Description, wanted.ExternalId, nameRequired: true);
        await guards.CheckPlaceAsync(problems, connector.Provider, ownId: null, wanted.FolderId, wanted.ParentId, cancel);
        var intended = new IntendedConnection(wanted.Name, wanted.Description, wanted.FolderId, wanted.ParentId, wanted.ExternalId, wanted.AccountKind, wanted.Environment);
        return await BeginAsync(connector, null, intended, wanted.Input ?? new Dictionary<string, string?>(), null, returnTo, problems, cancel);
    }

    /// <summary>Begins for a connection that is there: same id, same recipes. What it has stays until the new is proved.</summary>
    public async Task<Result<BegunAuthorization>> BeginAsync(int id, IReadOnlyDictionary<string, string?> input, ReturnTo returnTo, CancellationToken cancel)
    {
        if (await db.Connections.AsNoTracking().SingleOrDefaultAsync(c => c.Id == id, cancel) is not { } row) return Refusal.NotFound("Connection");
        if (catalog.Find(row.Provider) is not { } connector) return StoredCredentials.NotInstalled(row.Provider);
        return await BeginAsync(connector, id, null, input, stored.OpenWhatCanBe(row, connector), returnTo, new(), cancel);
    }

    /// <summary>Ends it with what the app sent back. The id of the connection and the attempt are told also where it failed.</summary>
    public async Task<EndedAuthorization> CompleteAsync(IReadOnlyDictionary<string, string> callback, string? browser, CancellationToken cancel)
    {
        using var activity = Telemetry.Activities.StartActivity("authorize");
        var used = await attempts.UseAsync(AppTrips.StateOf(callback), browser, cancel);
        if (used.Refusal is { } refusal) return new(null, refusal, false);

        var (attempt, intent) = used.Value;
        activity?.SetTag("connection.id", attempt.ConnectionId).SetTag("provider", attempt.Provider);
        if (await travellers.ResumeAsync(intent.By, cancel) is { } mayNot)
        {
            await attempts.FinishAsync(attempt, attempt.ConnectionId, mayNot.Message, CancellationToken.None);
            return new(attempt, mayNot, intent.ReturnsToPage);
        }

        // From here on nobody's going away stops it: a code counts once, and what the app issues for it cannot be had again.
        var made = await CompleteAsync(attempt, intent, callback, CancellationToken.None);
        // Before the window that waits is told. Where it may not be, the connection is there all the same and can be chosen.
        if (made.Value is { } connection && intent.For is { } place) await recipes.UseAsync(place.RecipeId, connection.Provider, connection.Id, CancellationToken.None);
        await attempts.FinishAsync(attempt, made.Value?.Id ?? attempt.ConnectionId, made.Refusal is { } problem ? Words(problem) : null, CancellationToken.None);
        return new(attempt, made.Refusal, intent.ReturnsToPage) { Connection = made.Value, For = intent.For };
    }

    /// <summary>The token of a link by which somebody without an account here connects this connection, once.</summary>
    public async Task<Result<string>> LinkAsync(int id, CancellationToken cancel)
    {
        if (await db.Connections.AsNoTracking().SingleOrDefaultAsync(c => c.Id == id, cancel) is not { } row) return Refusal.NotFound("Connection");
        if (catalog.Find(row.Provider) is not { } connector || connector.FindWay(row.SignInBy) is not { } way) return StoredCredentials.NotInstalled(row.Provider);
        var input = await InheritedAsync(row, connector, cancel);
        if (input.Count == 0 && !way.Placement.NeedsConsent) return Refusal.Invalid("id", $"is a connection that signs in to {connector.Title} by {way.Title}, which needs no trip there");
        // Whoever opens the link cannot put right what is missing here.
        var check = await preparation.CheckAsync(connector, input, stored.OpenWhatCanBe(row, connector), needsProfile: true, cancel);
        if (check.Refusal is { } refusal) return refusal;
        if (check.Value!.Credentials.Way is { Placement.NeedsConsent: false } other) return Refusal.Invalid("id", $"is a connection that signs in to {connector.Title} by {other.Title}, which needs no trip there");
        await trail.LinkMadeAsync(row, cancel);
        return await links.CreateAsync(id, cancel);
    }

    /// <summary>The connection a link is for, or null where it does not work any more. Whoever has the link may know its name.</summary>
    public async Task<LinkedConnection?> FindLinkAsync(string token, CancellationToken cancel) => await links.FindAsync(token, cancel) is { } id
        ? await db.Connections.Where(c => c.Id == id).Select(c => new LinkedConnection(c.Provider, c.Name, c.ParentId == null ? null : c.ExternalId)).SingleOrDefaultAsync(cancel)
        : null;

    /// <summary>Begins by a link, which is used up by it.</summary>
    public async Task<Result<BegunAuthorization>> BeginByLinkAsync(string token, ReturnTo returnTo, CancellationToken cancel)
    {
        if (await links.FindAsync(token, cancel) is not { } id) return Refusal.NotFound("Link");
        travellers.GoByLink();
        if (await db.Connections.AsNoTracking().SingleOrDefaultAsync(c => c.Id == id, cancel) is not { } row) return Refusal.NotFound("Link");
        var input = catalog.Find(row.Provider) is { } connector ? await InheritedAsync(row, connector, cancel) : [];
        var begun = await BeginAsync(id, input, returnTo, cancel);
        return begun.Value is null || await links.UseAsync(token, cancel) ? begun : Refusal.NotFound("Link");
    }

    private async Task<Result<BegunAuthorization>> BeginAsync(
        Connector connector, int? id, IntendedConnection? wanted, IReadOnlyDictionary<string, string?> input, OpenCredentials? current, ReturnTo returnTo, ProblemList problems, CancellationToken cancel)
    {
        var check = await preparation.CheckAsync(connector, input, current, needsProfile: true, cancel);
        if (check.Refusal is { } refusal) problems.Add(refusal);
        if (problems.Any) return problems.ToRefusal();
        var credentials = check.Value!.Credentials;
        if (!credentials.Way.Placement.NeedsConsent) return Refusal.Invalid("input", $"is for a way to sign in to {connector.Title} that needs no trip there");

        var departed = await trips.BeginAsync(credentials, returnTo.CallbackUrl, cancel);
        if (departed.Refusal is { } unable) return unable;
        var (address, state, verifier, tokenSecret) = departed.Value!;
        var intent = new Intent(wanted, input, returnTo.CallbackUrl, verifier, tokenSecret, returnTo.Page) { By = travellers.Beginner, For = returnTo.For };
        var attempt = await attempts.AddAsync(connector.Provider, id, state, returnTo.Browser, intent, cancel);
        return new BegunAuthorization(attempt.Id, address);
    }

    private async Task<Result<Connection>> CompleteAsync(AuthorizationAttempt attempt, Intent intent, IReadOnlyDictionary<string, string> callback, CancellationToken cancel)
    {
        if (catalog.Find(attempt.Provider) is not { } connector) return StoredCredentials.NotInstalled(attempt.Provider);
        var row = attempt.ConnectionId is { } id ? await db.Connections.AsNoTracking().SingleOrDefaultAsync(c => c.Id == id, cancel) : null;
        if (row is null && intent.Wanted is null) return Refusal.NotFound("Connection");
        var check = await preparation.CheckAsync(connector, intent.Input, row is null ? null : stored.OpenWhatCanBe(row, connector), needsProfile: true, cancel);
        if (check.Refusal is { } refusal) return refusal;

        var credentials = check.Value!.Credentials;
        var outcome = await trips.EndAsync(credentials, intent, callback, cancel);
        if (outcome is not TokenOutcome.Granted granted) return new Refusal(RefusalKind.Unproved, outcome.Problem!) { Diagnosis = outcome.Diagnosis };
        return await StoreAsync(attempt, intent, credentials with { Tokens = granted.Tokens }, callback, cancel);
    }

    /// <summary>Puts what the app issued where it was meant for.</summary>
    internal async Task<Result<Connection>> StoreAsync(AuthorizationAttempt attempt, Intent intent, OpenCredentials issued, IReadOnlyDictionary<string, string> callback, CancellationToken cancel)
    {
        var complete = await learned.CompleteAsync(issued, callback, cancel);
        if (complete.Refusal is { } unlearned) return unlearned;
        // What the app issued is kept whatever the test request says: the state tells, and it can be put right in place.
        if (intent.Wanted is { } wanted)
        {
            return await service.CreateAsync(new()
            {
                Name = wanted.Name,
                Description = wanted.Description,
                Provider = attempt.Provider,
                FolderId = wanted.FolderId,
                ParentId = wanted.ParentId,
                ExternalId = wanted.ExternalId,
                AccountKind = wanted.AccountKind,
                Environment = wanted.Environment,
                Input = intent.Input,
                Tokens = complete.Value,
                Proving = Proving.Recorded,
            }, cancel);
        }

        for (var attemptNumber = 1; ; attemptNumber++)
        {
            var changed = await service.UpdateAsync(attempt.ConnectionId!.Value, new() { Input = intent.Input, Tokens = complete.Value }, cancel);
            if (changed.Refusal is not { Kind: RefusalKind.Conflict } || attemptNumber == MaxAttempts) return changed;
        }
    }

    // A user's own connection follows its parent: what that was changed to since counts when the user connects.
    private async Task<Dictionary<string, string?>> InheritedAsync(Connection row, Connector connector, CancellationToken cancel) =>
        row.IsRuntimeUser && await db.Connections.AsNoTracking().SingleOrDefaultAsync(c => c.Id == row.ParentId, cancel) is { } parent ? inherited.Of(parent, connector) : [];

    private static string Words(Refusal refusal) =>
        refusal.Errors.Count == 0 ? refusal.Message : string.Join("; ", refusal.Errors.Select(e => $"{e.Key.Replace("input.", "", StringComparison.Ordinal)} {string.Join(", ", e.Value)}"));
}

/// <summary>Where a person comes back to.</summary>
/// <param name="CallbackUrl">The one address all apps send people back to.</param>
/// <param name="Browser">A secret only this browser has.</param>
/// <param name="Page">Whether the person goes on to the connection's page, and not back to a window that waits.</param>
public sealed record ReturnTo(string CallbackUrl, string Browser, bool Page)
{
    /// <summary>The step of a recipe the connection is made for: that recipe uses it from then on. Null: none.</summary>
    public RecipeStepPlace? For { get; init; }
}

/// <summary>Somebody can be sent away.</summary>
/// <param name="AttemptId">By which the window that waits asks how it stands.</param>
/// <param name="Address">Where to.</param>
public sealed record BegunAuthorization(int AttemptId, string Address);

/// <summary>Somebody came back.</summary>
/// <param name="Attempt">What they came back from; null where nobody here asked.</param>
/// <param name="Refusal">Why it came to nothing, or null.</param>
/// <param name="ReturnsToPage">See <see cref="ReturnTo.Page"/>.</param>
public sealed record EndedAuthorization(AuthorizationAttempt? Attempt, Refusal? Refusal, bool ReturnsToPage)
{
    /// <summary>The connection that was made or connected.</summary>
    public Connection? Connection { get; init; }

    /// <summary>See <see cref="ReturnTo.For"/>.</summary>
    public RecipeStepPlace? For { get; init; }
}

/// <summary>What a link is for.</summary>
/// <param name="Provider">Which app.</param>
/// <param name="Name">The connection's name.</param>
/// <param name="User">The end user whose own it is; null where it is nobody's.</param>
public sealed record LinkedConnection(string Provider, string Name, string? User);
