using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;

namespace Workato.Connections.Auditing;

/// <summary>The hashes of the chain. They are made of what an entry says, in a form that does not depend on the database.</summary>
internal static class AuditHash
{
    /// <summary>Of an entry at its place behind another.</summary>
    public static byte[] Of(byte[] key, long sequence, byte[] before, AuditEntry entry) => Hmac(
        key,
        "entry", Text(sequence), Convert.ToHexStringLower(before), Text(entry.Id), Text(entry.At.UtcTicks),
        entry.Event, entry.ResourceType, Text(entry.ResourceId), entry.ResourceName, Text(entry.ProjectId),
        entry.ActorKind.ToString(), Text(entry.ActorId), entry.ActorName, entry.ActorEmail, entry.Address, entry.UserAgent,
        Text(entry.Count), entry.Reason, entry.Changes);

    /// <summary>Of the end of the chain, so that nobody without the key can put it elsewhere.</summary>
    public static byte[] OfEnd(byte[] key, long sequence, byte[] last) => Hmac(key, "end", Text(sequence), Convert.ToHexStringLower(last));

    // A JSON array: no text can be taken for two, and null is not the empty text.
    private static byte[] Hmac(byte[] key, params string?[] parts) => HMACSHA256.HashData(key, JsonSerializer.SerializeToUtf8Bytes(parts));

    private static string? Text(long? number) => number?.ToString(CultureInfo.InvariantCulture);
}
