using Workato.Connections.Recipes.Jobs;

namespace Workato.Connections.Web.Pages.Recipes;

/// <summary>What to do about an error of a recipe: what <c>_Advice.cshtml</c> shows, each one click away.</summary>
/// <param name="Kind">What went wrong; null where only the connection is known.</param>
/// <param name="Connection">The connection that failed; null where there is none or it is out of reach.</param>
/// <param name="App">The app's name.</param>
/// <param name="RecipeId">The recipe.</param>
internal sealed record Advice(JobErrorKind? Kind, ConnectionSummary? Connection, string App, int RecipeId)
{
    /// <summary>Whether the connection is what to look at: Workato's three pieces of advice.</summary>
    public bool IsAboutConnection => Kind is null or JobErrorKind.Unauthorized or JobErrorKind.Forbidden or JobErrorKind.NotConnected;

    /// <summary>What else there is to do.</summary>
    public string? Words => Kind switch
    {
        JobErrorKind.RateLimited => "Nothing is broken. Repeat the job later, or let the recipe ask for less at a time.",
        JobErrorKind.AppInTrouble => $"The connection is not the cause. Wait until {App} works again, then repeat the job.",
        JobErrorKind.RequestRefused => $"{App} understood who asks and refused what was asked. Compare the step's input with what {App} says, change the step, and repeat the job.",
        JobErrorKind.Recipe => "Change the step in the editor, and repeat the job: it runs with the recipe as it is then.",
        JobErrorKind.UserNotConnected => "The person this job ran for has to connect their own account first. Then repeat the job.",
        JobErrorKind.OutcomeUnknown => $"Look in {App} whether it was done. If it was not, repeat the job.",
        _ => null,
    };
}
