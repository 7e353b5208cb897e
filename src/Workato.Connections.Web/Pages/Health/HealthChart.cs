using System.Globalization;
using Workato.Connections.Health;

namespace Workato.Connections.Web.Pages.Health;

/// <summary>
/// How many connections did not work, hour by hour, as an SVG of bars: broken below, in trouble above. Those that work are
/// left out: among a thousand of them ten that do not would not be seen.
/// </summary>
internal sealed class HealthChart(IReadOnlyList<HealthSample> samples, HealthSample now)
{
    public const int Width = 720;
    public const int Height = 140;

    private static readonly TimeSpan Span = TimeSpan.FromDays(7);

    // How it stands now has the place of the next full hour.
    private readonly IReadOnlyList<(DateTimeOffset At, HealthSample Sample)> points = [.. samples.Select(s => (s.At, s)), (Hour(now.At).AddHours(1), now)];

    /// <summary>The highest bar.</summary>
    public int Top { get; } = Math.Max(1, samples.Append(now).Max(s => s.Broken + s.InTrouble));

    /// <summary>Whether there was anything to draw.</summary>
    public bool IsCalm { get; } = samples.Append(now).All(s => s.Broken + s.InTrouble == 0);

    /// <summary>The bars, how it stands now at the right.</summary>
    public IEnumerable<Bar> Bars()
    {
        var (end, width) = (points[^1].At.AddHours(1), Width / Span.TotalHours);
        foreach (var (at, sample) in points.Where(p => p.Sample.Broken + p.Sample.InTrouble > 0))
        {
            var x = Width - ((end - at).TotalHours * width);
            if (x < 0) continue;
            var (broken, trouble) = (Tall(sample.Broken), Tall(sample.InTrouble));
            yield return new(Number(x), Number(width), Number(Height - broken), Number(broken), Number(Height - broken - trouble), Number(trouble), Words(sample));
        }
    }

    private static DateTimeOffset Hour(DateTimeOffset at) => new(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerHour), TimeSpan.Zero);

    private string Words(HealthSample sample) => (sample == now ? "Now" : sample.At.ToString("ddd d MMM, HH:mm 'UTC'", CultureInfo.InvariantCulture)) + string.Create(
        CultureInfo.InvariantCulture, $": {sample.Broken} broken, {sample.InTrouble} in trouble, {sample.Working} working");

    private double Tall(int count) => (double)count / Top * Height;

    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}

/// <summary>One hour in the chart.</summary>
internal sealed record Bar(string X, string Width, string BrokenY, string BrokenHeight, string TroubleY, string TroubleHeight, string Words);
