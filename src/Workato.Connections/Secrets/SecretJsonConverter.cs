using System.Text.Json;
using System.Text.Json.Serialization;

namespace Workato.Connections.Secrets;

/// <summary>Reads a secret out of a request; writes only the mask, whoever asks.</summary>
internal sealed class SecretJsonConverter : JsonConverter<Secret>
{
    public override Secret? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetString() is { } value ? new Secret(value) : null;

    public override void Write(Utf8JsonWriter writer, Secret value, JsonSerializerOptions options) =>
        writer.WriteStringValue(Secret.Mask);
}
