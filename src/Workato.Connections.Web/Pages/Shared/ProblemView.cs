using Workato.Connections.Connectors;
using Workato.Connections.Diagnosing;

namespace Workato.Connections.Web.Pages.Shared;

/// <summary>What is wrong with a connection, as <c>_Problem.cshtml</c> draws it on every page that shows it.</summary>
/// <param name="Problem">What is wrong.</param>
/// <param name="App">The app's name.</param>
internal sealed record ProblemView(ConnectionProblem Problem, string App)
{
    /// <summary>The cause in two to five words.</summary>
    public string Headline { get; init; } = Problem.Headline;

    /// <summary>Whether the headline stands above it already.</summary>
    public bool HasHeading { get; init; }

    /// <summary>Whether its words stand above it already.</summary>
    public bool IsTold { get; init; }

    /// <summary>Whether its words say what becomes of it, as those of an incident of many do.</summary>
    public bool IsNextTold { get; init; }

    /// <summary>What follows from it where it is shown; null: nothing that is to be said.</summary>
    public string? Then { get; init; }

    /// <summary>The way it signs in, which knows what permissions are for; null where that is not known.</summary>
    public SignInWay? Way { get; init; }

    /// <summary>That it passes by itself, in words; null where it does not, or that is told.</summary>
    public string? Passing => Problem switch
    {
        _ when !Problem.PassesByItself || IsNextTold => null,
        { Cause: Causes.OurClock or Causes.OurNetwork } => "The connection works again by itself as soon as that is put right: there is nothing to do at the connection.",
        _ => $"It passes by itself: {App} is asked again every few minutes until it answers.",
    };

    /// <summary>Of a connection as it is; null where nothing is wrong.</summary>
    public static ProblemView? Of(ConnectionSummary connection, string app, SignInWay? way) => ConnectionProblem.Of(connection) is not { } problem ? null : new(problem, app)
    {
        Headline = connection.Error is null ? "The access token works, but no new one could be got." : problem.Headline,
        Way = way,
    };
}
