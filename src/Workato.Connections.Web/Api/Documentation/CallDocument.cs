using Microsoft.OpenApi;

namespace Workato.Connections.Web.Api.Documentation;

/// <summary>Describes calls through a connection: they take every method, and OpenAPI wants them named.</summary>
internal static class CallDocument
{
    private static readonly (HttpMethod Method, bool HasBody)[] Methods =
        [(HttpMethod.Get, false), (HttpMethod.Head, false), (HttpMethod.Post, true), (HttpMethod.Put, true), (HttpMethod.Patch, true), (HttpMethod.Delete, false), (HttpMethod.Options, false)];

    public static void AddTo(OpenApiDocument document) => document.Paths["/api/connections/{id}/call/{path}"] = new OpenApiPathItem
    {
        Operations = Methods.ToDictionary(m => m.Method, m => Operation(document, m.Method, m.HasBody)),
    };

    private static OpenApiOperation Operation(OpenApiDocument document, HttpMethod method, bool hasBody) => new()
    {
        OperationId = "Call" + method.Method,
        Summary = $"Call the app through a connection ({method.Method})",
        Description = "Any method. Path, query, headers and body go on to the app as they are, under the connector's base URL; the credentials are put on. "
            + "The app's answer comes back as it is, with the header X-Answered-By: app. An answer without that header is ours.",
        Tags = new HashSet<OpenApiTagReference> { new("Connections", document) },
        Parameters =
        [
            new OpenApiParameter { Name = "id", In = ParameterLocation.Path, Required = true, Schema = new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int32" } },
            new OpenApiParameter { Name = "path", In = ParameterLocation.Path, Required = true, Description = "Behind the app's base URL; slashes stay slashes.", Schema = new OpenApiSchema { Type = JsonSchemaType.String } },
        ],
        RequestBody = hasBody ? new OpenApiRequestBody { Description = "Whatever the app takes, of any size.", Content = Anything() } : null,
        Responses = new OpenApiResponses
        {
            ["default"] = new OpenApiResponse { Description = "The app's answer.", Content = Anything() },
            ["400"] = Problem("The path is not plain."),
            ["404"] = Problem("There is no such connection."),
            ["409"] = Problem("The connection is not connected."),
            ["502"] = Problem("The app could not be reached, or may not be."),
            ["504"] = Problem("The app did not answer in time."),
        },
    };

    private static OpenApiResponse Problem(string description) => new() { Description = description, Content = new Dictionary<string, OpenApiMediaType> { ["application/problem+json"] = new OpenApiMediaType() } };

    private static Dictionary<string, OpenApiMediaType> Anything() => new() { ["*/*"] = new OpenApiMediaType() };
}
