using System.Text.Json.Nodes;
using Workato.Connections.Connectors;
using Workato.Connections.Recipes.Inputs;

namespace Workato.Connections.Recipes.Jobs;

/// <summary>Makes an operation's request of a filled input.</summary>
internal static class OperationRequest
{
    public static AppRequest Of(Operation operation, JsonNode? input, IReadOnlyDictionary<string, string> settings)
    {
        var byName = operation.Fields.ToDictionary(f => f.Field.Name);
        var path = operation.Path.Fill(name => byName.TryGetValue(name, out var field) ? Uri.EscapeDataString(Value(input, field.Field) ?? "") : settings.GetValueOrDefault(name));
        var query = operation.Fields.Where(f => f.In == "query").Select(f => (f.Field.Name, Value: Value(input, f.Field))).Where(f => f.Value is { Length: > 0 })
            .Select(f => $"{Uri.EscapeDataString(f.Name)}={Uri.EscapeDataString(f.Value!)}").ToList();
        if (query.Count > 0) path += (path.Contains('?', StringComparison.Ordinal) ? "&" : "?") + string.Join('&', query);
        return new(operation.Method, path, Body(operation, input));
    }

    private static string? Body(Operation operation, JsonNode? input)
    {
        var body = new JsonObject();
        foreach (var field in operation.Fields.Where(f => f.In == "body").Select(f => f.Field))
        {
            // A value keeps its type: {{ step.count }} alone is a number.
            if (input.Text(field.Name) is { Length: > 0 }) body[field.Name] = input![field.Name]!.DeepClone();
            else if (field.Default is { } fallback) body[field.Name] = fallback;
        }

        return body.Count > 0 ? body.ToJsonString() : null;
    }

    private static string? Value(JsonNode? input, ConnectorField field) => input.Text(field.Name) is { Length: > 0 } given ? given : field.Default;
}
