using System.Globalization;
using Workato.Connections.Privileges;

namespace Workato.Connections.Web.Pages.Settings.People;

/// <summary>The boxes of an API client, as <c>_ApiClientForm.cshtml</c> shows them.</summary>
internal sealed record ApiClientForm
{
    public required GrantForm Grant { get; init; }

    public string? Name { get; init; }

    public string? Networks { get; init; }

    /// <summary>The last day the token works on, as a date box writes it.</summary>
    public string? LastDay { get; init; }

    public string? Problem(string field) => Grant.Problem(field);

    /// <summary>The last day a token works on, as a date box writes it.</summary>
    public static string? DayOf(DateTimeOffset? end) => end?.ToUniversalTime().AddTicks(-1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

/// <summary>What was put into the boxes.</summary>
internal sealed record ApiClientInput(string? Name, string? Networks, string? LastDay)
{
    private static readonly char[] Between = [',', ';', ' ', '\t', '\r', '\n'];

    /// <summary>As the library takes it; the box of the day alone can hold what it does not take.</summary>
    public Result<ApiClientDraft> ToDraft(GrantInput grant, DateTimeOffset? endNow)
    {
        var day = default(DateOnly);
        if (!string.IsNullOrEmpty(LastDay) && !DateOnly.TryParseExact(LastDay, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day)) return Refusal.Invalid("end", "must be a day such as 2030-12-31");
        // A day that was not touched does not move an end that was set to the second by the API.
        var isSame = (LastDay ?? "") == (ApiClientForm.DayOf(endNow) ?? "");
        return new ApiClientDraft
        {
            Name = Name ?? "",
            Grant = grant.ToGrant(),
            AllowedNetworks = (Networks ?? "").Split(Between, StringSplitOptions.RemoveEmptyEntries),
            Ending = isSame ? null : new(string.IsNullOrEmpty(LastDay) || day == DateOnly.MaxValue ? null : new DateTimeOffset(day.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero)),
        };
    }
}
