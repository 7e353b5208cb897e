using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Workato.Connections.SampleApp.SignIn;

/// <summary>Everything the app makes up for somebody else to keep: tokens, codes, tickets.</summary>
internal static class RandomSecret
{
    /// <summary>256 bits, more than anybody guesses.</summary>
    public static string New(string prefix = "") => prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>What the app itself keeps. Without salt, because what is hashed is random already.</summary>
    public static string Hash(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    /// <summary>Compares without telling by the time it takes where they differ.</summary>
    // Hashed first, because FixedTimeEquals returns at once when the lengths differ.
    public static bool Same(string ours, string theirs) =>
        CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(ours)), SHA256.HashData(Encoding.UTF8.GetBytes(theirs)));
}
