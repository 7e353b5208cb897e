using System.Globalization;

namespace Workato.Connections.Benchmarks;

/// <summary>What a long run says of itself while it runs, beside its figures, and how it waits.</summary>
internal static class Progress
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(50);

    /// <summary>A line with the time, for whoever watches.</summary>
    public static void Say(string what) => Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{DateTime.Now:HH:mm:ss} {what}"));

    /// <summary>Waits until something is so. False where that takes longer than <paramref name="patience"/>.</summary>
    public static Task<bool> UntilAsync(Func<bool> isSo, TimeSpan patience) => UntilAsync(() => Task.FromResult(isSo()), patience);

    /// <inheritdoc cref="UntilAsync(Func{bool}, TimeSpan)"/>
    public static async Task<bool> UntilAsync(Func<Task<bool>> isSo, TimeSpan patience)
    {
        for (var until = DateTime.UtcNow + patience; ; await Task.Delay(LookAgain))
        {
            if (await isSo()) return true;
            if (DateTime.UtcNow >= until) return false;
        }
    }
}
