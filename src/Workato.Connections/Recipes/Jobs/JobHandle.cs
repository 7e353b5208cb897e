using System.Globalization;
using System.Security.Cryptography;

namespace Workato.Connections.Recipes.Jobs;

/// <summary>A job's number, and its id in the API: <c>j-</c> and the number.</summary>
public static class JobHandle
{
    private const int RandomBits = 22;
    private static readonly DateTimeOffset Since = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>A number that no other job has: made without asking the database, so that a job and its work are written at once. Later ones are greater.</summary>
    public static long New(DateTimeOffset now) => ((long)(now - Since).TotalMilliseconds << RandomBits) | (uint)RandomNumberGenerator.GetInt32(1 << RandomBits);

    /// <summary>Of a number.</summary>
    public static string Of(long id) => string.Create(CultureInfo.InvariantCulture, $"j-{id}");

    /// <summary>The number, or null where that is no handle.</summary>
    public static long? Parse(string? handle) =>
        handle is ['j', '-', .. var number] && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
}
