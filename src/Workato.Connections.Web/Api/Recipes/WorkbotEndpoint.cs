using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using Workato.Connections.Answers;
using Workato.Connections.Connectors;
using Workato.Connections.Recipes.Workbot;
using Workato.Connections.Web.Api.Authorizing;
using Workato.Connections.Web.Hosting;
using Workato.Connections.Web.Pages.RuntimeUsers;

namespace Workato.Connections.Web.Api.Recipes;

/// <summary>Where Slack sends slash commands: one address for each Slack app, which is a custom OAuth profile with the app's signing secret.</summary>
internal static class WorkbotEndpoint
{
    public const string Path = "/workbot/slack/";

    private const int MaxBytes = 64 * 1024;
    private const int MaxText = 10_000;

    public static void MapWorkbot(this WebApplication app) => app.MapPost(Path + "{id:int}", ReceiveAsync).AllowAnonymous().ExcludeFromDescription();

    private static async Task<IResult> ReceiveAsync(
        int id, HttpRequest request, WorkbotCommands commands, RuntimeUserPages pages, ConnectorCatalog catalog, ServerSettings settings, CancellationToken cancel)
    {
        // The signature is of the body as it came, to the byte.
        if (await BodyAsync(request, cancel) is not { } body) return Results.Problem(Problems.Of(StatusCodes.Status413PayloadTooLarge, $"A command has {MaxBytes / 1024} KB at the most."));
        var signature = request.Headers["X-Slack-Signature"].ToString();
        if (await commands.ProblemAsync(id, request.Headers["X-Slack-Request-Timestamp"], signature, body, cancel) is { } problem) return Results.Problem(Problems.Of(StatusCodes.Status401Unauthorized, problem));

        var form = QueryHelpers.ParseQuery(Encoding.UTF8.GetString(body));
        // Slack looks from time to time whether there is a certificate.
        if (form.ContainsKey("ssl_check") && !form.ContainsKey("command")) return Results.Ok();
        if (Text(form, "command") is not { Length: > 0 } command || Text(form, "user_id") is not { Length: > 0 } user || Text(form, "team_id") is not { Length: > 0 } team)
            return Problems.Invalid("command", "must be a slash command with user_id and team_id, form-encoded as Slack sends it");

        var outcome = await commands.ReceiveAsync(
            id, new(command, Text(form, "text") ?? "", user, Text(form, "user_name"), team, Text(form, "channel_id"), Text(form, "response_url"), signature), cancel);
        return Results.Ok(new SlackAnswer("ephemeral", Words(outcome)));

        string Words(WorkbotOutcome came) => came switch
        {
            { JobId: not null } => "Working on it.",
            { Connect.Count: > 0 } => string.Join('\n', came.Connect.Select(c => $"Connect your {Escape(catalog.TitleOf(c.Provider))} account to use {Escape(command)}: {Link(settings.AddressOf(AuthorizingEndpoints.LinkPath + c.Token.Reveal()), "Connect")}"))
                + $"\nThen write {Escape(command)} again. The link is for you alone, and works once.",
            { AskedFor: { } asked } => $"{Link(settings.AddressOf(MyConnectionsModel.Path + pages.LinkOf(asked)), "Your connections")}: what is connected for you, and how to take it away. The link is for you alone, and works for an hour.",
            { Problem: { } words } => Escape(words),
            _ => "This command was received already.",
        };
    }

    private static string? Text(Dictionary<string, StringValues> form, string name) =>
        form.TryGetValue(name, out var values) && values is [{ } text, ..] ? text.Replace("\0", "", StringComparison.Ordinal) is { Length: <= MaxText } fit ? fit : text[..MaxText] : null;

    private static async Task<byte[]?> BodyAsync(HttpRequest request, CancellationToken cancel)
    {
        if (request.ContentLength > MaxBytes) return null;
        var read = await BoundedBody.ReadAsync(request.Body, MaxBytes, cancel);
        return read.IsWhole ? read.Bytes : null;
    }

    private static string Link(string address, string words) => $"<{address}|{words}>";

    // docs.slack.dev, formatting text: these three and no others.
    private static string Escape(string text) => text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);
}

/// <summary>What Slack shows to whoever wrote the command.</summary>
internal sealed record SlackAnswer(string ResponseType, string Text);
