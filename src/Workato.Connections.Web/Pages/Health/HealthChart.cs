using System.Globalization;
using Workato.Connections.Health;

namespace Workato.Connections.Web.Pages.Health;

/// <summary>
/// How many connections did not work, hour by hour, as an SVG of bars: broken below, in trouble above. Those that work are
/// left out: among a thousand of them ten that do not would not be seen.
/// </summary>
internal sealed class HealthChart(IReadOnlyList<HealthSample> samples)
{
    public const int Width = 720;
    public const int Height = 140;

    private static readonly TimeSpan Span = TimeSpan.FromDays(7);

    /// <summary>The highest bar.</summary>
    public int Top { get; } = Math.Max(1, samples.Select(s => s.Broken + s.InTrouble).DefaultIfEmpty().Max());

    /// <summary>Whether there was anything to draw.</summary>
    public bool IsCalm { get; } = samples.All(s => s.Broken + s.InTrouble == 0);

    /// <summary>The bars, as of the newest sample's hour at the right.</summary>
    public IEnumerable<Bar> Bars()
    {
        if (samples.Count == 0) yield break;
        var (end, width) = (samples[^1].At.AddHours(1), Width / Span.TotalHours);
        foreach (var sample in samples.Where(s => s.Broken + s.InTrouble > 0))
        {
            var x = Width - ((end - sample.At).TotalHours * width);
            if (x < 0) continue;
            var (broken, trouble) = (Tall(sample.Broken), Tall(sample.InTrouble));
            yield return new(Number(x), Number(width), Number(Height - broken), Number(broken), Number(Height - broken - trouble), Number(trouble), Words(sample));
        }
    }

    private static string Words(HealthSample sample) => string.Create(
        CultureInfo.InvariantCulture, $"{sample.At:ddd d MMM, HH:mm} UTC: {sample.Broken} broken, {sample.InTrouble} in trouble, {sample.Working} working");

    private double Tall(int count) => (double)count / Top * Height;

    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}

/// <summary>One hour in the chart.</summary>
internal sealed record Bar(string X, string Width, string BrokenY, string BrokenHeight, string TroubleY, string TroubleHeight, string Words);
