using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Workato.Connections.Recipes.Workbot;

/// <summary>A slash command as Slack sends it, proved to be Slack's.</summary>
/// <param name="Command">With its slash.</param>
/// <param name="Text">What stands behind it.</param>
/// <param name="UserId">Who wrote it.</param>
/// <param name="UserName">Their name.</param>
/// <param name="TeamId">Their Slack workspace.</param>
/// <param name="ChannelId">Where they wrote it.</param>
/// <param name="ResponseUrl">Where the answer goes: whoever has it may write there.</param>
/// <param name="Signature">Slack's signature: another one for every request.</param>
public sealed record WorkbotCommand(string Command, string Text, string UserId, string? UserName, string TeamId, string? ChannelId, string? ResponseUrl, string Signature)
{
    /// <summary>The user as connections and jobs know them.</summary>
    public string ExternalId => $"slack:{TeamId}:{UserId}";

    /// <summary>Whether the user asks what is connected for them, whatever the command.</summary>
    public bool AsksForConnections => Text.Trim() is var text && (text.Equals("connections", StringComparison.OrdinalIgnoreCase) || text.Equals("help", StringComparison.OrdinalIgnoreCase));

    // Below all numbers the database gives out.
    internal long Number => -1 - (BinaryPrimitives.ReadInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(Signature))) & long.MaxValue >> 1);
}

/// <summary>What becomes of a command; one of these is set, or none where it was received before.</summary>
public sealed record WorkbotOutcome
{
    /// <summary>The job that was made.</summary>
    public long? JobId { get; init; }

    /// <summary>What the user has yet to connect.</summary>
    public IReadOnlyList<ConnectLink> Connect { get; init; } = [];

    /// <summary>The user who asks what is connected for them.</summary>
    public string? AskedFor { get; init; }

    /// <summary>Why nothing was done, in words for the user.</summary>
    public string? Problem { get; init; }
}
