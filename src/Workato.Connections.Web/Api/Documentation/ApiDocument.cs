using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace Workato.Connections.Web.Api.Documentation;

/// <summary>The OpenAPI document at <c>/openapi/v1.json</c> ; the page <c>/docs</c> reads the same.</summary>
internal static class ApiDocument
{
    private const string Bearer = "Bearer";

    public static void AddApiDocument(this IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new()
            {
                Title = "Workato.Connections",
                Version = "1",
                Description = "Connections between recipes and apps. Answers Workato's Developer API for connections, projects and folders; errors are problem details (RFC 9457) that also carry `message`.",
            };
            document.Components ??= new();
            document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
            {
                [Bearer] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "The token of an API client." },
            };
            document.Security = [new() { [new OpenApiSecuritySchemeReference(Bearer, document)] = [] }];
            CallDocument.AddTo(document);
            foreach (var operation in document.Paths.Values.SelectMany(p => p.Operations ?? []).Select(o => o.Value)) operation.Responses?.TryAdd("401", new OpenApiResponse { Description = "No API token, or an unknown one." });
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            if (context.Description.ActionDescriptor.EndpointMetadata.OfType<Example>().LastOrDefault() is { } example) example.AddTo(operation);
            return Task.CompletedTask;
        });
    });
}

/// <summary>An example of an endpoint's request and answer, as JSON.</summary>
internal sealed record Example(string? Request, string? Response)
{
    public void AddTo(OpenApiOperation operation)
    {
        Put(operation.RequestBody?.Content, Request);
        if (operation.Responses?.TryGetValue("200", out var ok) == true) Put(ok.Content, Response);
    }

    private static void Put(IDictionary<string, OpenApiMediaType>? content, string? json)
    {
        if (json is not null && content?.TryGetValue("application/json", out var media) == true) media.Example = JsonNode.Parse(json);
    }
}

/// <summary>Adds examples to endpoints.</summary>
internal static class ExampleExtensions
{
    public static RouteHandlerBuilder WithExample(this RouteHandlerBuilder endpoint, string? request = null, string? response = null) =>
        endpoint.WithMetadata(new Example(request, response));
}
