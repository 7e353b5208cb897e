using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;

namespace Workato.Connections.Secrets;

/// <summary>
/// A value that must not be seen: it does not print, JSON writes only a mask for it, and structured logging finds no property to take apart.
/// </summary>
[DebuggerDisplay(Mask)]
[JsonConverter(typeof(SecretJsonConverter))]
public sealed class Secret : IEquatable<Secret>
{
    /// <summary>What stands wherever a secret would otherwise be printed.</summary>
    public const string Mask = "[secret]";

    private readonly string value;

    /// <summary>Wraps <paramref name="value"/>.</summary>
    public Secret(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        this.value = value;
    }

    /// <summary>The value itself. Every call of this method is a place to look at in review.</summary>
    public string Reveal() => value;

    /// <summary>Always <see cref="Mask"/>.</summary>
    public override string ToString() => Mask;

    /// <summary>Compares in time that does not depend on where the values differ.</summary>
    public bool Equals(Secret? other) => other is not null
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(value), Encoding.UTF8.GetBytes(other.value));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Secret);

    /// <inheritdoc/>
    public override int GetHashCode() => value.GetHashCode(StringComparison.Ordinal);
}
