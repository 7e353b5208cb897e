using System.Security.Cryptography;
using System.Text;
using Workato.Connections.Secrets;

namespace Workato.Connections.Privileges;

/// <summary>Bearer tokens and one-time links: made at random, kept only as a hash.</summary>
public static class Token
{
    /// <summary>What every token of ours begins with, so that people and secret scanners recognise one.</summary>
    public const string Prefix = "wrkc_";

    /// <summary>How many characters a token of ours has.</summary>
    public static readonly int Length = Prefix.Length + (2 * Bytes);

    private const int Bytes = 32;

    /// <summary>A new token of 256 random bits.</summary>
    public static Secret Create() => new(Prefix + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Bytes)));

    /// <summary>SHA-256 of a token. No salt and no slow hash: what is hashed is random, not a password.</summary>
    public static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
