using System.Globalization;
using System.Text.Json.Serialization;
using Workato.Connections.Notices;
using Workato.Connections.Secrets;

namespace Workato.Connections.Web.Api.Notices;

/// <summary>A notice channel to be made or changed. When changing, what is left out stays as it is.</summary>
internal sealed record NoticeChannelBody
{
    /// <summary><c>email</c> or <c>webhook</c>; needed when making one, and cannot be changed.</summary>
    public string? Kind { get; init; }

    /// <summary>Up to 255 characters; needed when making one.</summary>
    public string? Name { get; init; }

    /// <summary>A webhook's URL, or up to 20 e-mail addresses with commas between them; needed when making one.</summary>
    public string? Address { get; init; }

    /// <summary>Whether it is told of all projects, also those that are made later.</summary>
    public bool? AllProjects { get; init; }

    /// <summary>Otherwise of which, see <c>GET /api/projects</c>.</summary>
    public IReadOnlyList<int>? ProjectIds { get; init; }

    /// <summary>Whether it is told of what is about to break, too.</summary>
    public bool? WithWarnings { get; init; }

    /// <summary>When nothing is sent: what happens then is sent at the end of it. Null: always.</summary>
    public QuietHoursBody? QuietHours
    {
        get;
        init => (field, Quiet) = (value, value is null ? GivenQuietHours.None : new(value.From, value.To, value.TimeZone));
    }

    /// <summary>Whether it is on.</summary>
    public bool? Active { get; init; }

    /// <summary>What was said of the quiet hours; null where nothing was.</summary>
    [JsonIgnore]
    public GivenQuietHours? Quiet { get; private init; }

    /// <summary>As the library takes it.</summary>
    public NoticeChannelDraft ToDraft() => new()
    {
        Kind = Kind,
        Name = Name,
        Address = Address,
        AllProjects = AllProjects,
        ProjectIds = ProjectIds,
        WithWarnings = WithWarnings,
        Quiet = Quiet,
        IsOn = Active,
    };
}

/// <summary>The quiet hours of a channel, by the clock on the wall.</summary>
/// <param name="From">From when, such as <c>22:00</c>.</param>
/// <param name="To">Until when; may be on the next day.</param>
/// <param name="TimeZone">By its IANA name, such as <c>Europe/Berlin</c>; left out: UTC.</param>
internal sealed record QuietHoursBody(string? From, string? To, string? TimeZone);

/// <summary>A notice channel.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Kind"><c>email</c> or <c>webhook</c>.</param>
/// <param name="Name">Its name.</param>
/// <param name="Address">A webhook's URL, or e-mail addresses.</param>
/// <param name="AllProjects">Whether it is told of all projects.</param>
/// <param name="ProjectIds">Otherwise of which.</param>
/// <param name="WithWarnings">Whether it is told of what is about to break, too.</param>
/// <param name="QuietHours">When nothing is sent; null: always.</param>
/// <param name="Active">Whether it is on.</param>
/// <param name="StoppedAt">When it was switched off.</param>
/// <param name="FailingSince">Since when nothing gets through; null: all is well.</param>
/// <param name="Problem">Why it was switched off or nothing gets through.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="UpdatedAt">When it was last changed.</param>
internal sealed record NoticeChannelResponse(
    int Id, string Kind, string Name, string Address, bool AllProjects, IReadOnlyList<int> ProjectIds, bool WithWarnings, QuietHoursBody? QuietHours,
    bool Active, DateTimeOffset? StoppedAt, DateTimeOffset? FailingSince, string? Problem, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    private readonly Secret? secret;

    /// <summary>What its messages are signed with: only in the answer that made it, never again.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? SigningSecret => secret?.Reveal();

    public static NoticeChannelResponse From(NoticeChannel c, Secret? secret = null) => new(
        c.Id, c.Kind, c.Name, c.Address, c.AllProjects, c.ProjectIds, c.WithWarnings,
        c is { QuietFrom: { } from, QuietTo: { } to } ? new(Clock(from), Clock(to), c.TimeZone ?? "UTC") : null,
        c.StoppedAt is null, c.StoppedAt, c.FailingSince, c.Problem, c.CreatedAt, c.UpdatedAt, secret);

    private NoticeChannelResponse(
        int id, string kind, string name, string address, bool allProjects, IReadOnlyList<int> projectIds, bool withWarnings, QuietHoursBody? quietHours,
        bool active, DateTimeOffset? stoppedAt, DateTimeOffset? failingSince, string? problem, DateTimeOffset createdAt, DateTimeOffset updatedAt, Secret? secret)
        : this(id, kind, name, address, allProjects, projectIds, withWarnings, quietHours, active, stoppedAt, failingSince, problem, createdAt, updatedAt) => this.secret = secret;

    /// <summary>Without the secret, which a record would print.</summary>
    public override string ToString() => $"Notice channel {Id}";

    private static string Clock(TimeOnly time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);
}

/// <summary>A message on its way to a channel.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Event"><c>incident.opened</c>, <c>incident.resolved</c> or <c>test</c>.</param>
/// <param name="State"><c>waiting</c>, <c>arrived</c> or <c>given_up</c>.</param>
/// <param name="MessageId">Its <c>webhook-id</c>, the same at every attempt.</param>
/// <param name="IncidentId">The incident; null: a trial.</param>
/// <param name="ConnectionId">The connection whose messages keep their order; null where it concerns several.</param>
/// <param name="Title">What it says, in a line.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="Problem">Why the last attempt failed.</param>
/// <param name="CreatedAt">When it happened.</param>
/// <param name="DueAt">When it is due; it may wait longer for quiet hours, for an earlier one, or because nothing gets through. Null: not any more.</param>
/// <param name="SentAt">When it arrived.</param>
/// <param name="GivenUpAt">When it was given up.</param>
internal sealed record NoticeDeliveryResponse(
    long Id, string Event, string State, string MessageId, int? IncidentId, int? ConnectionId, string Title, int Attempts, string? Problem,
    DateTimeOffset CreatedAt, DateTimeOffset? DueAt, DateTimeOffset? SentAt, DateTimeOffset? GivenUpAt)
{
    public static NoticeDeliveryResponse From(NoticeDelivery d) => new(
        d.Id, d.Event, d.DueAt is not null ? "waiting" : d.SentAt is not null ? "arrived" : "given_up", d.MessageId, d.IncidentId, d.ConnectionId, NoticeMessage.FromJson(d.Payload).Data.Title,
        d.Attempts, d.Problem, d.CreatedAt, d.DueAt, d.SentAt, d.GivenUpAt);
}
