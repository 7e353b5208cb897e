using System.Globalization;
using Workato.Connections.Notices;
using Workato.Connections.Privileges;
using Workato.Connections.Projects;

namespace Workato.Connections.Web.Pages.Settings.Notices;

/// <summary>The boxes of a notice channel, as <c>_NoticeForm.cshtml</c> shows them.</summary>
internal sealed record NoticeForm
{
    /// <summary>One of <see cref="ChannelKinds"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>The projects one may have it told of.</summary>
    public required IReadOnlyList<Project> Projects { get; init; }

    /// <summary>Whether that may be all.</summary>
    public required bool MayTakeAll { get; init; }

    public string? Name { get; init; }

    public string? Address { get; init; }

    public bool AllProjects { get; init; } = true;

    public IReadOnlyCollection<int> ProjectIds { get; init; } = [];

    public bool WithWarnings { get; init; } = true;

    public string? QuietFrom { get; init; }

    public string? QuietTo { get; init; }

    public string? TimeZone { get; init; }

    public IReadOnlyDictionary<string, string[]> Errors { get; init; } = new Dictionary<string, string[]>();

    public bool IsMail => Kind == ChannelKinds.Email;

    /// <summary>The time zones one can choose, by their IANA names.</summary>
    public static IReadOnlyList<string> TimeZones { get; } = [.. TimeZoneInfo.GetSystemTimeZones().Where(z => z.HasIanaId).Select(z => z.Id).Order(StringComparer.Ordinal)];

    /// <summary>What is wrong with a box, or null.</summary>
    public string? Problem(string field) => Errors.TryGetValue(field, out var problems) ? string.Join("; ", problems) : null;
}

/// <summary>What was put into the boxes.</summary>
internal sealed record NoticeInput(string? Name, string? Address, string? Reach, int[]? ProjectIds, bool WithWarnings, string? QuietFrom, string? QuietTo, string? TimeZone)
{
    public bool IsAll => Reach == "all";

    public NoticeChannelDraft ToDraft(string? kind) => new()
    {
        Kind = kind,
        Name = Name ?? "",
        Address = Address ?? "",
        AllProjects = IsAll,
        ProjectIds = IsAll ? null : ProjectIds ?? [],
        WithWarnings = WithWarnings,
        Quiet = new(QuietFrom, QuietTo, TimeZone),
    };
}

/// <summary>Fills the boxes.</summary>
internal sealed class NoticeForms(ProjectDirectory projects, CurrentAccess current)
{
    public async Task<NoticeForm> EmptyAsync(string kind, CancellationToken cancel) => new()
    {
        Kind = kind,
        Projects = await projects.ReachedAsync(cancel),
        MayTakeAll = current.Access.Projects.IsAll,
        AllProjects = current.Access.Projects.IsAll,
    };

    public async Task<NoticeForm> OfAsync(NoticeChannel channel, CancellationToken cancel) => await EmptyAsync(channel.Kind, cancel) with
    {
        Name = channel.Name,
        Address = channel.Address,
        AllProjects = channel.AllProjects,
        ProjectIds = channel.ProjectIds,
        WithWarnings = channel.WithWarnings,
        QuietFrom = Clock(channel.QuietFrom),
        QuietTo = Clock(channel.QuietTo),
        TimeZone = channel.TimeZone,
    };

    public async Task<NoticeForm> OfAsync(string kind, NoticeInput input, Refusal refusal, CancellationToken cancel) => await EmptyAsync(kind, cancel) with
    {
        Name = input.Name,
        Address = input.Address,
        AllProjects = input.IsAll,
        ProjectIds = input.ProjectIds ?? [],
        WithWarnings = input.WithWarnings,
        QuietFrom = input.QuietFrom,
        QuietTo = input.QuietTo,
        TimeZone = input.TimeZone,
        Errors = refusal.Errors,
    };

    /// <summary>A refusal in the words of the boxes.</summary>
    public static Refusal Named(Refusal refusal, string kind) => refusal with
    {
        Errors = refusal.Errors.ToDictionary(
            e => e.Key switch
            {
                "address" => kind == ChannelKinds.Email ? "E-mail addresses" : "URL",
                "project_ids" => "Told of",
                "quiet_hours.from" => "Quiet hours, from",
                "quiet_hours.to" => "Quiet hours, to",
                "quiet_hours.time_zone" => "Time zone",
                _ => char.ToUpperInvariant(e.Key[0]) + e.Key[1..],
            },
            e => e.Value),
    };

    private static string? Clock(TimeOnly? time) => time?.ToString("HH:mm", CultureInfo.InvariantCulture);
}

/// <summary>A secret that is shown once, to who made it.</summary>
internal sealed record NewSigningSecret(NoticeChannel Channel, Secrets.Secret Secret);
