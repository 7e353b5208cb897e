using System.Text.Json;
using System.Text.Json.Serialization;
using Workato.Connections.Web.Api.Auditing;
using Workato.Connections.Web.Api.Authorizing;
using Workato.Connections.Web.Api.Calling;
using Workato.Connections.Web.Api.Connections;
using Workato.Connections.Web.Api.Connectors;
using Workato.Connections.Web.Api.Documentation;
using Workato.Connections.Web.Api.Privileges;
using Workato.Connections.Web.Api.Hosting;
using Workato.Connections.Web.Api.Health;
using Workato.Connections.Web.Api.Operating;
using Workato.Connections.Web.Api.Notices;
using Workato.Connections.Web.Api.Projects;
using Workato.Connections.Web.Api.Recipes;
using Workato.Connections.Web.Authorization;
using Workato.Connections.Web.Hosting;

namespace Workato.Connections.Web.Api;

/// <summary>The REST API: Workato's paths and shapes, and ours beside them in the same style.</summary>
internal static class ApiSetup
{
    /// <summary>The largest body of an API request, in bytes. Calls through a connection have no limit: they are streamed.</summary>
    public const long MaxBodyBytes = 1024 * 1024;

    /// <summary>Whether a path is the API's or its description's, and not a page's.</summary>
    public static bool IsApi(PathString path) => path.StartsWithSegments("/api") || path.StartsWithSegments("/webhooks") || path.StartsWithSegments("/workbot") || path.StartsWithSegments("/openapi");

    public static void AddApi(this WebApplicationBuilder builder)
    {
        builder.WebHost.ConfigureKestrel(k =>
        {
            k.Limits.MaxRequestBodySize = MaxBodyBytes;
            k.AddServerHeader = false;
        });
        builder.Services.ConfigureHttpJsonOptions(o => Configure(o.SerializerOptions));
        builder.Services.Configure<RouteHandlerOptions>(o => o.ThrowOnBadRequest = true);
        builder.Services.AddExceptionHandler<BadRequestAnswers>();
        builder.Services.AddProblemDetails(o => o.CustomizeProblemDetails = Problems.SetHeaders);
        builder.Services.AddSingleton<Readiness>().AddHealthChecks().AddCheck<Readiness>(Readiness.Name);
        builder.Services.AddHttpForwarder();
        builder.Services.AddSingleton<CallTransformer>();
        builder.Services.AddApiDocument();
    }

    public static void MapApi(this WebApplication app)
    {
        var api = app.MapGroup("/api");
        api.MapConnections();
        api.MapAuthorizing();
        api.MapCalls();
        api.MapIntegrations();
        api.MapOAuthProfiles();
        api.MapFolders();
        api.MapProjects();
        api.MapUsers();
        api.MapActivityLogs();
        api.MapMembers();
        api.MapRoles();
        api.MapApiClients();
        api.MapReplace();
        api.MapRecipes();
        api.MapVersions();
        api.MapJobs();
        api.MapHealth();
        api.MapSetupCheck();
        api.MapNotices();
        app.MapWebhooks();
        app.MapWorkbot();
        api.MapKeyRotations();
        app.MapHealthChecks("/health/live", new() { Predicate = _ => false }).AllowAnonymous();
        app.MapHealthChecks("/health/ready", new() { Predicate = c => c.Name == Readiness.Name }).AllowAnonymous();
        app.MapOpenApi("/openapi/{documentName}.json").NeedsNothing();
    }

    private static void Configure(JsonSerializerOptions json)
    {
        json.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
        json.DictionaryKeyPolicy = null;
        json.NumberHandling = JsonNumberHandling.AllowReadingFromString;
        json.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        json.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false));
    }
}
