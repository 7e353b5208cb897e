using Microsoft.AspNetCore.WebUtilities;
using Workato.Connections.SampleApp.Pages;

namespace Workato.Connections.SampleApp.SignIn.OAuth2;

/// <summary>Where a client sends a person's browser to ask them (RFC 6749, 3.1), and where the answer is sent from.</summary>
internal static class AuthorizeEndpoint
{
    public static void MapAuthorize(this IEndpointRouteBuilder app)
    {
        app.MapGet(Server.Authorize, Ask);
        app.MapPost(Server.Authorize, DecideAsync);
    }

    private static IResult Ask(HttpContext context, SampleAppState state, TimeProvider clock)
    {
        var (oauth, now) = (state.OAuth2, clock.GetUtcNow());
        var sent = Parameters.OfQuery(context.Request);
        var (request, problem) = sent["request_uri"] is { } pushed
            ? TakePushed(oauth, pushed, sent["client_id"], now)
            : AuthorizationRequest.Read(sent, oauth.Settings);
        if (request is null)
            return problem!.RedirectUri is { } address ? Refuse(context, address, problem.State, problem.Error)
                : Answers.Html(ErrorPage.Render(context, problem.Error.Error, problem.Error.Description), StatusCodes.Status400BadRequest);

        var consent = Consent.Find(oauth.Settings.Consent);
        if (consent.Refusal is { } refusal) return Refuse(context, request.RedirectUri, request.State, refusal);
        if (consent.Account is { } username) return Allow(context, oauth, request, username, now);
        return Answers.Html(ConsentPage.Render(context, state.Accounts.All, new(
            request.Client.Name, new Uri(request.RedirectUri).Authority, request.Scopes, Server.Authorize, oauth.Asked.Put(request, now))));
    }

    private static async Task<IResult> DecideAsync(HttpContext context, SampleAppState state, TimeProvider clock)
    {
        var (oauth, now) = (state.OAuth2, clock.GetUtcNow());
        var form = await Parameters.OfFormAsync(context.Request);
        if (oauth.Asked.Take(form?["ticket"], now) is not { } request)
            return Answers.Html(ErrorPage.Render(context, "already_answered", "This question was answered before, or waited for too long. Start again where you came from."), StatusCodes.Status400BadRequest);

        return form!["decision"] == "allow" && state.Accounts.ByUsername(form["account"]) is { } account
            ? Allow(context, oauth, request, account.Username, now)
            : Refuse(context, request.RedirectUri, request.State, Consent.Denied);
    }

    // RFC 9126, 4: used for one authorization. A page that is loaded again has to start again.
    private static (AuthorizationRequest?, AuthorizationProblem?) TakePushed(OAuth2State oauth, string requestUri, string? clientId, DateTimeOffset now) =>
        oauth.Pushed.Take(requestUri, now) is { } request && request.Client.Id == clientId
            ? (request, null)
            : (null, new(new("invalid_request_uri", "The request_uri is not known, or no longer, or is another client's."), null, null));

    private static IResult Allow(HttpContext context, OAuth2State oauth, AuthorizationRequest request, string username, DateTimeOffset now)
    {
        var family = new Family(username, request.Client.Id, oauth.Settings.GrantScopes ?? request.Scopes);
        return SendBack(context, request.RedirectUri, request.State, ("code", oauth.Codes.Issue(request, family, now)));
    }

    private static IResult Refuse(HttpContext context, string redirectUri, string? state, OAuth2Error error) =>
        SendBack(context, redirectUri, state, ("error", error.Error), ("error_description", error.Description));

    private static IResult SendBack(HttpContext context, string redirectUri, string? state, params IEnumerable<(string, string?)> answer) =>
        // RFC 9207, 2: iss, so that a client with several servers knows whose answer it has.
        Answers.SeeOther(QueryHelpers.AddQueryString(redirectUri,
            answer.Append(("state", state)).Append(("iss", Server.Issuer(context))).Select(each => KeyValuePair.Create(each.Item1, each.Item2))));
}
