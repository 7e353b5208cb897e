using System.ComponentModel;

namespace Workato.Connections.Web.Api;

/// <summary>Workato's way of paging: <c>page</c> from 1, <c>per_page</c> up to 100.</summary>
internal sealed record Paging(
    [property: Description("The page, from 1.")] int? Page,
    [property: Description("How many on a page, up to 100."), Microsoft.AspNetCore.Mvc.FromQuery(Name = "per_page")] int? PerPage)
{
    public const int MaxPerPage = 100;

    public bool IsAsked => Page is not null || PerPage is not null;

    public int Size => PerPage ?? MaxPerPage;

    public int Skip => ((Page ?? 1) - 1) * Size;

    /// <summary>What is wrong with it, or null.</summary>
    public Refusal? Problem() => Page is < 1 or > 1_000_000 ? Refusal.Invalid("page", "must be a whole number from 1")
        : PerPage is < 1 or > MaxPerPage ? Refusal.Invalid("per_page", $"must be a whole number from 1 to {MaxPerPage}")
        : null;

    public IEnumerable<T> Of<T>(IEnumerable<T> all) => all.Skip(Skip).Take(Size);
}
