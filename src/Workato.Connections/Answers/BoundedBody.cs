namespace Workato.Connections.Answers;

/// <summary>What was read of a body whose length only its sender knows.</summary>
/// <param name="Bytes">The beginning of it, or all.</param>
/// <param name="IsWhole">Whether that is all.</param>
public readonly record struct BoundedBody(byte[] Bytes, bool IsWhole)
{
    /// <summary>Reads a body, and no further than <paramref name="maxBytes"/>.</summary>
    /// <param name="stream">The body.</param>
    /// <param name="maxBytes">How much of it is kept at the most, in bytes.</param>
    /// <param name="cancel">Stops it.</param>
    public static async Task<BoundedBody> ReadAsync(Stream stream, int maxBytes, CancellationToken cancel)
    {
        using var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        for (int read; (read = await stream.ReadAsync(buffer, cancel)) > 0;)
        {
            var room = maxBytes - (int)body.Length;
            body.Write(buffer, 0, Math.Min(read, room));
            if (read > room) return new(body.ToArray(), false);
        }

        return new(body.ToArray(), true);
    }
}
