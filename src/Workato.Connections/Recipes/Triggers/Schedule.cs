using System.Globalization;
using System.Text.Json.Nodes;
using Cronos;
using Workato.Connections.Recipes.Inputs;

namespace Workato.Connections.Recipes.Triggers;

/// <summary>When a trigger by the clock comes next.</summary>
internal sealed class Schedule
{
    private readonly Func<DateTimeOffset, DateTimeOffset?> next;

    private Schedule(Func<DateTimeOffset, DateTimeOffset?> next) => this.next = next;

    /// <summary>The next instant after this one.</summary>
    public DateTimeOffset After(DateTimeOffset now) => next(now) ?? now + TimeSpan.FromDays(365);

    /// <summary>Reads the trigger's input, or says which field is wrong and what is allowed.</summary>
    public static (Schedule? Schedule, string? Field, string? Problem) Read(JsonNode? input)
    {
        var zone = TimeZoneInfo.Utc;
        if (input.Text("timezone") is { Length: > 0 } name && !TimeZoneInfo.TryFindSystemTimeZoneById(name, out zone)) return (null, "timezone", "is no time zone; write for example Europe/Berlin");
        if (input.Text("cron") is { Length: > 0 } cron)
        {
            return CronExpression.TryParse(cron, out var expression)
                ? (new(now => expression.GetNextOccurrence(now.UtcDateTime, zone!) is { } at ? new DateTimeOffset(at, TimeSpan.Zero) : null), null, null)
                : (null, "cron", "is no cron expression; write for example 30 8 * * MON-FRI");
        }

        if (!int.TryParse(input.Text("trigger_every") ?? "5", NumberStyles.None, CultureInfo.InvariantCulture, out var every) || every is < 1 or > 1000) return (null, "trigger_every", "must be a number from 1 to 1000");
        TimeSpan? unit = (input.Text("time_unit") ?? "minutes") switch { "minutes" => TimeSpan.FromMinutes(1), "hours" => TimeSpan.FromHours(1), "days" => TimeSpan.FromDays(1), _ => null };
        return unit is { } length ? (new(now => now + (length * every)), null, null) : (null, "time_unit", "must be minutes, hours or days");
    }
}
