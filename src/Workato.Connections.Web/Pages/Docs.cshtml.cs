using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Workato.Connections.Web.Authorization;

namespace Workato.Connections.Web.Pages;

/// <summary>The OpenAPI document for people: rendered here, so that it reads without script and with a screen reader.</summary>
[Needs()]
internal sealed class DocsModel([FromKeyedServices("v1")] IOpenApiDocumentProvider documents) : PageModel
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public OpenApiDocument Document { get; private set; } = null!;

    public IEnumerable<IGrouping<string, Entry>> Groups => Document.Paths
        .SelectMany(p => p.Value.Operations ?? [], (path, operation) => new Entry(path.Key, operation.Key.Method, operation.Value))
        .GroupBy(e => e.Operation.Tags?.FirstOrDefault()?.Name ?? "Other");

    public async Task OnGetAsync(CancellationToken cancel) => Document = await documents.GetOpenApiDocumentAsync(cancel);

    public static string Id(string text) => text.Replace(' ', '-').ToLowerInvariant();

    public static OpenApiMediaType? Json(IDictionary<string, OpenApiMediaType>? content) => content?.FirstOrDefault(c => c.Key.EndsWith("json", StringComparison.Ordinal)).Value;

    /// <summary>The properties of an object, or of the objects in a list.</summary>
    public static IDictionary<string, IOpenApiSchema>? Properties(IOpenApiSchema? schema) => schema?.Properties is { Count: > 0 } own ? own : schema?.Items?.Properties;

    public static string TypeOf(IOpenApiSchema? schema)
    {
        if (schema is null) return "any";
        if (schema.Enum is { Count: > 0 } values) return string.Join(" | ", values.Where(v => v is not null).Select(v => v.ToString()));
        var type = schema.Type is { } known ? known & ~JsonSchemaType.Null : null as JsonSchemaType?;
        // Numbers may also be sent as text; that is leniency, not what people should read.
        if (type is { } several && several.HasFlag(JsonSchemaType.Integer)) return "integer";
        var name = schema.Format == "date-time" ? "time" : type?.ToString().ToLowerInvariant() ?? "any";
        return name + (schema.Type?.HasFlag(JsonSchemaType.Null) == true ? " or null" : "");
    }

    public static string Pretty(JsonNode example) => example.ToJsonString(Readable);

    internal sealed record Entry(string Path, string Method, OpenApiOperation Operation);
}
