using System.Globalization;
using Workato.Connections.Authorizing;
using Workato.Connections.Connectors;
using Workato.Connections.Diagnosing;
using Workato.Connections.Privileges;
using Workato.Connections.Recipes;
using Workato.Connections.Recipes.Jobs;
using Workato.Connections.Web.Pages.Connections;
using Workato.Connections.Web.Pages.Shared;

namespace Workato.Connections.Web.Pages.Recipes;

/// <summary>
/// What is wrong where a recipe uses a connection, and what to do: what <c>_Advice.cshtml</c> shows at a step in the editor,
/// on the recipe's page and on a job's. First what the connection's own page says, cause, answer and the one next step; beside
/// that Workato's three pieces of advice.
/// </summary>
/// <param name="Recipe">The recipe.</param>
/// <param name="App">The app's name.</param>
/// <param name="Connection">The connection; null where there is none or it is out of reach.</param>
internal sealed record Advice(Recipe Recipe, string App, ConnectionSummary? Connection)
{
    /// <summary>The app's connector; null where it is not installed.</summary>
    public Connector? Connector { get; init; }

    /// <summary>What kind of error ended the job that is looked at; null where none is.</summary>
    public JobErrorKind? Kind { get; init; }

    /// <summary>What stands above it already: why the job failed, or the recipe was stopped.</summary>
    public string? Said { get; init; }

    /// <summary>The step in the editor one comes back to; null outside the editor.</summary>
    public RecipeReturn? Back { get; init; }

    /// <summary>Whether a connection is what to look at.</summary>
    public bool IsAboutConnection => Kind is null or JobErrorKind.Unauthorized or JobErrorKind.Forbidden or JobErrorKind.NotConnected || (Kind is JobErrorKind.AppInTrouble or JobErrorKind.RateLimited && Current is not null);

    /// <summary>What is wrong: with the connection as it is now, or else as the job met it. Null: it works, or nobody knows.</summary>
    public ConnectionProblem? Problem => !IsAboutConnection ? null : Current ?? (Connection is not null && Kind == JobErrorKind.Forbidden ? Refused() : null);

    /// <summary>The same, to be drawn.</summary>
    public ProblemView? View => Problem is not { } problem ? null : (ProblemView.Of(Connection!, App, Way) ?? new(problem, App) { Way = Way }) with { HasHeading = IsItsCause(problem), IsTold = IsTold(problem), Then = Meanwhile };

    /// <summary>The cause, behind a heading that stands above; empty where it is not that heading's, or there is none.</summary>
    public string Cause => View is { HasHeading: true } view ? $": {view.Headline}" : "";

    /// <summary>Whether what stands above it was said before the cause was known better.</summary>
    public bool IsKnownBetter => View is { HasHeading: true, IsTold: false };

    /// <summary>Whether the connection that a job failed by, or the recipe was stopped by, works again.</summary>
    public bool IsRepaired => (Kind is JobErrorKind.Unauthorized or JobErrorKind.NotConnected || (Kind is null && Said is not null)) && Connection is { Status: AuthorizationStatus.Success } && Current is null;

    /// <summary>What the recipe does meanwhile, and what becomes of it; null where nothing is wrong.</summary>
    private string? Meanwhile => Problem is not { } problem ? null : (problem.PassesByItself, Kind, Recipe) switch
    {
        (true, not null, _) => "When it has passed, repeat the job.",
        (false, not null, _) => "Once that is put right, repeat the job.",
        (true, _, { Running: true }) => "The recipe runs on: where that is safe, a step asks again for about a minute and a half before its job fails, and a job that failed can be repeated.",
        (true, _, { StoppedByConnectionId: not null }) => "When it has passed, start the recipe again.",
        (true, _, _) => "The recipe can be changed and started meanwhile.",
        (_, _, { Running: true }) when Connection!.Status == AuthorizationStatus.Failed => $"Until then its jobs fail here, and {RecipeErrors.MaxActionErrors} that fail in a row stop the recipe.",
        (_, _, { StoppedByConnectionId: not null }) => "When the connection works again, start the recipe again.",
        _ => null,
    };

    /// <summary>What to do about an error that is not the connection's.</summary>
    public string? Words => Kind switch
    {
        JobErrorKind.RateLimited => "Nothing is broken. Repeat the job later, or let the recipe ask for less at a time.",
        JobErrorKind.AppInTrouble => $"The connection is not the cause. Wait until {App} works again, then repeat the job.",
        JobErrorKind.RequestRefused => $"{App} understood who asks and refused what was asked. Compare the step's input with what {App} says, change the step, and repeat the job.",
        JobErrorKind.Recipe => "Where the step is wrong, change it in the editor. Then repeat the job: it runs with the recipe as it is then.",
        JobErrorKind.UserNotConnected => "The person this job ran for has to connect their own account first. Then repeat the job.",
        JobErrorKind.OutcomeUnknown => $"Look in {App} whether it was done. If it was not, repeat the job.",
        _ => null,
    };

    /// <summary>The one next step; null where there is nothing to press, or not for who looks.</summary>
    public NextStepView? Next(Access access) => Problem is { } problem ? NextStepView.Of(problem, Connection!, App, access, Reconnect) : null;

    /// <summary>Where the connection is connected again: in the panel of the step one stands at, or on the page for that.</summary>
    public string Reconnect => Back is { } place ? place.Editor + "&pick=reconnect" : string.Create(CultureInfo.InvariantCulture, $"/connections/{Connection!.Id}/reconnect");

    private SignInWay? Way => Connector?.FindWay(Connection!.SignInBy);

    private ConnectionProblem? Current => Connection is { HasCredentials: true } held ? ConnectionProblem.Of(held) : null;

    // The connection itself works: what it may do is too little for this step.
    private ConnectionProblem Refused() =>
        ConnectionProblem.Of(new Diagnosis(Causes.PermissionMissing, Said ?? "", null), isLost: false, Scopes.Missing(Connection!.RequestedScopes, Connection.GrantedScopes));

    private bool IsTold(ConnectionProblem problem) => Said is { } said && (said.Contains(problem.Words, StringComparison.Ordinal) || CauseOf(Kind) == problem.Cause);

    // How the connection is now need not be why the job failed some time ago.
    private bool IsItsCause(ConnectionProblem problem) => Said is not null
        && (IsTold(problem) || (Kind is null && (Recipe.Running || !problem.PassesByItself)) || (Kind is JobErrorKind.Unauthorized or JobErrorKind.NotConnected && !problem.PassesByItself));

    private static string? CauseOf(JobErrorKind? kind) => kind switch
    {
        JobErrorKind.Unauthorized => Causes.CredentialsRejected,
        JobErrorKind.Forbidden => Causes.PermissionMissing,
        JobErrorKind.AppInTrouble => Causes.AppDown,
        JobErrorKind.RateLimited => Causes.Throttled,
        _ => null,
    };
}
