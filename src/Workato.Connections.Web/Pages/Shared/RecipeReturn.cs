using System.Globalization;
using Workato.Connections.Authorizing;

namespace Workato.Connections.Web.Pages.Shared;

/// <summary>The step of a recipe from whose panel somebody went to make or repair a connection, and comes back to.</summary>
/// <param name="Recipe">The recipe.</param>
/// <param name="Step">The step.</param>
/// <param name="Was">The connection the recipe used for that app before; null: none.</param>
internal sealed record RecipeReturn(int Recipe, int Step, int? Was)
{
    /// <summary>What an address carries along.</summary>
    public string Query => string.Create(CultureInfo.InvariantCulture, $"?recipe={Recipe}&step={Step}{(Was is { } id ? string.Create(CultureInfo.InvariantCulture, $"&was={id}") : "")}");

    /// <summary>The editor, at that step.</summary>
    public string Editor => string.Create(CultureInfo.InvariantCulture, $"/recipes/{Recipe}/edit?step={Step}");

    /// <summary>The editor, at that step, when the recipe has another connection for this app: it offers to undo that.</summary>
    public string EditorAfter(string provider, int made) =>
        Editor + (Was is { } id && id != made ? string.Create(CultureInfo.InvariantCulture, $"&was={Uri.EscapeDataString(provider)}:{id}") : "");

    /// <summary>As the address says it; null where it says nothing.</summary>
    public static RecipeReturn? From(HttpRequest request) =>
        Number(request, "recipe") is { } recipe && Number(request, "step") is { } step ? new(recipe, step, Number(request, "was")) : null;

    /// <summary>As the library knows it.</summary>
    public RecipeStepPlace Place => new(Recipe, Step);

    private static int? Number(HttpRequest request, string name) => int.TryParse(request.Query[name], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
