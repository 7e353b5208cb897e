using Microsoft.AspNetCore.Http.HttpResults;
using Workato.Connections.Privileges;
using Workato.Connections.Web.Api.Documentation;
using Workato.Connections.Web.Authorization;
using Workato.Connections.Web.Hosting;
using Workato.Connections.Web.Pages.RuntimeUsers;

namespace Workato.Connections.Web.Api.Authorizing;

/// <summary>Connecting by OAuth from a script: Workato's link for a person, and the device grant (ours).</summary>
internal static class AuthorizingEndpoints
{
    /// <summary>Where a link leads.</summary>
    public const string LinkPath = "/oauth/connect/";

    public static void MapAuthorizing(this RouteGroupBuilder api)
    {
        var group = api.MapGroup("/connections").WithTags("Connections");
        group.MapPost("/runtime_user_connections", ConnectAsync).Needs(Privilege.AuthorizeConnections).WithSummary("Create a runtime user connection").ProducesProblem(400).ProducesProblem(404)
            .WithDescription("A connection of one end user's own below the parent, a connection by OAuth: with its settings, OAuth app and scopes. The link is for that user alone and works once, for an hour; asked for again, the same connection has a new link. "
                + "When the user has connected, callback_url gets a POST with id, external_id, parent_id, provider and authorization_status, and the browser goes to redirect_url with connection_id.")
            .WithExample(Examples.CreateRuntimeUser, Examples.RuntimeUser);
        group.MapGet("/runtime_user_connections/{id:int}/get_oauth_url", LinkAsync).Needs(Privilege.AuthorizeConnections, Of.Connection).WithSummary("Get a link to connect a connection").ProducesProblem(400).ProducesProblem(404)
            .WithDescription("For a person, who needs no account here: it works once, for an hour, for this connection alone. How it ended is seen in the connection's authorization_status.")
            .WithExample(response: Examples.OAuthUrl);
        group.MapPost("/runtime_user_connections/personal_page", PersonalPage).Needs(Privilege.UpdateRuntimeConnections).WithSummary("Get a link to a user's own connections").ProducesProblem(400)
            .WithDescription("For that user alone, who needs no account here: a page of the apps connected for them, on which they disconnect and connect them. It works for an hour.")
            .WithExample("""{"external_id":"ada@acme.example"}""", """{"data":{"url":"https://connections.example.com/my-connections/..."}}""");
        group.MapPost("/{id:int}/device_authorization", BeginAsync).Needs(Privilege.AuthorizeConnections, Of.Connection).WithSummary("Connect by a device code").ProducesProblem(400).ProducesProblem(404).ProducesProblem(422)
            .WithDescription("For apps that know the device grant (RFC 8628): show the code to a person and ask how it stands.").WithExample(response: Examples.DeviceAuthorization);
        group.MapPost("/{id:int}/device_authorization/state", PollAsync).Needs(Privilege.AuthorizeConnections, Of.Connection).WithSummary("Ask how a device code stands").ProducesProblem(400).ProducesProblem(404).ProducesProblem(409)
            .WithDescription("Not more often than the interval says. The state is waiting, done or failed.").WithExample(response: Examples.DeviceState);
    }

    private static async Task<Results<Ok<LinkAnswer>, ProblemHttpResult>> LinkAsync(int id, ConnectionAuthorization authorization, ServerSettings settings, CancellationToken cancel)
    {
        var made = await authorization.LinkAsync(id, cancel);
        return made.Refusal is { } refusal
            ? (ProblemHttpResult)Problems.From(refusal)
            : TypedResults.Ok(new LinkAnswer(new(settings.AddressOf(LinkPath + made.Value))));
    }

    private static async Task<Results<Ok<RuntimeUserAnswer>, ProblemHttpResult>> ConnectAsync(RuntimeUserBody body, RuntimeUserConnections connections, ServerSettings settings, CancellationToken cancel)
    {
        var made = await connections.ConnectAsync(
            new() { ParentId = body.ParentId, FolderId = body.FolderId, ExternalId = body.ExternalId, Name = body.Name, CallbackUrl = body.CallbackUrl, RedirectUrl = body.RedirectUrl }, cancel);
        return made.Refusal is { } refusal
            ? (ProblemHttpResult)Problems.From(refusal)
            : TypedResults.Ok(new RuntimeUserAnswer(new(made.Value!.ConnectionId, settings.AddressOf(LinkPath + made.Value.Token.Reveal()))));
    }

    private static Results<Ok<LinkAnswer>, ProblemHttpResult> PersonalPage(PersonalPageBody body, RuntimeUserPages pages, ServerSettings settings)
    {
        var made = pages.CreateLink(body.ExternalId);
        return made.Refusal is { } refusal ? (ProblemHttpResult)Problems.From(refusal) : TypedResults.Ok(new LinkAnswer(new(settings.AddressOf(MyConnectionsModel.Path + made.Value))));
    }

    private static async Task<Results<Ok<DeviceCode>, ProblemHttpResult>> BeginAsync(int id, DeviceAuthorization device, CancellationToken cancel) =>
        await device.BeginAsync(id, cancel) is var begun && begun.Refusal is { } refusal ? (ProblemHttpResult)Problems.From(refusal) : TypedResults.Ok(begun.Value!);

    private static async Task<Results<Ok<DeviceState>, ProblemHttpResult>> PollAsync(int id, DeviceAuthorization device, CancellationToken cancel) =>
        await device.PollAsync(id, cancel) is var asked && asked.Refusal is { } refusal ? (ProblemHttpResult)Problems.From(refusal) : TypedResults.Ok(asked.Value!);
}

/// <summary>Whose page.</summary>
/// <param name="ExternalId">The end user, as you know them.</param>
internal sealed record PersonalPageBody(string? ExternalId);

/// <summary>A runtime user connection that is wanted.</summary>
/// <param name="ParentId">The recipe's connection; needed.</param>
/// <param name="FolderId">Where it lies; needed.</param>
/// <param name="ExternalId">The end user, as you know them; needed.</param>
/// <param name="Name">The parent's name and the user when left out.</param>
/// <param name="CallbackUrl">Who is told when the user has connected.</param>
/// <param name="RedirectUrl">Where the user's browser goes then.</param>
internal sealed record RuntimeUserBody(int? ParentId, int? FolderId, string? ExternalId, string? Name, string? CallbackUrl, string? RedirectUrl);

/// <summary>Workato's envelope.</summary>
/// <param name="Data">What is in it.</param>
internal sealed record RuntimeUserAnswer(RuntimeUser Data);

/// <summary>A runtime user connection and the link on which its user connects it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Url">For that user alone: works once, for an hour.</param>
internal sealed record RuntimeUser(int Id, string Url);

/// <summary>Workato's envelope.</summary>
/// <param name="Data">What is in it.</param>
internal sealed record LinkAnswer(Link Data);

/// <summary>A link for a person.</summary>
/// <param name="Url">Works once, for an hour.</param>
internal sealed record Link(string Url);
