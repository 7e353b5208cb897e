using Microsoft.AspNetCore.WebUtilities;
using Workato.Connections.SampleApp.Pages;

namespace Workato.Connections.SampleApp.SignIn.OAuth1;

/// <summary>The OAuth 1.0a server: temporary credentials, a person's yes, token credentials (RFC 5849, 2).</summary>
internal static class OAuth1Endpoints
{
    public const string RequestToken = "/oauth1/request_token";
    public const string Authorize = "/oauth1/authorize";
    public const string AccessToken = "/oauth1/access_token";

    private static readonly string[] GetOrPost = [HttpMethods.Get, HttpMethods.Post];

    public static void MapOAuth1(this IEndpointRouteBuilder app)
    {
        var oauth = app.MapGroup("").AddEndpointFilter<NoStoreFilter>();
        // Most apps take GET as well, and so some clients send it.
        oauth.MapMethods(RequestToken, GetOrPost, BeginAsync);
        oauth.MapGet(Authorize, Ask);
        oauth.MapPost(Authorize, DecideAsync);
        oauth.MapMethods(AccessToken, GetOrPost, CompleteAsync);
    }

    private static async Task<IResult> BeginAsync(HttpContext context, SampleAppState state, TimeProvider clock)
    {
        var oauth = state.OAuth1;
        var (proven, problem) = await SignatureCheck.CheckAsync(context.Request, oauth, oauth.Time(clock),
            _ => (null, OAuth1Problem.Rejected("oauth_token", "oauth_token has no place here.")));
        if (proven is null) return problem!;
        if (proven.Sent.GetValueOrDefault("oauth_callback") is not { } callback) return OAuth1Problem.Absent("oauth_callback");
        // Without a query: OAuth 1 has no state, and so clients put theirs there.
        if (callback != TemporaryCredential.OutOfBand && !RedirectUris.Allow(callback.Split('?')[0], oauth.Settings.Callbacks))
            return OAuth1Problem.Rejected("oauth_callback", "oauth_callback is not registered for this consumer.");

        var temporary = new TemporaryCredential(callback);
        oauth.Temporary.TryPut(temporary.Token, temporary, clock.GetUtcNow());
        return FormAnswer.Write([("oauth_token", temporary.Token), ("oauth_token_secret", temporary.Secret), ("oauth_callback_confirmed", "true")]);
    }

    private static IResult Ask(HttpContext context, SampleAppState state, TimeProvider clock)
    {
        var oauth = state.OAuth1;
        if (oauth.Temporary.Find(Parameters.OfQuery(context.Request)["oauth_token"], clock.GetUtcNow()) is not { IsDecided: false } temporary) return Unknown(context);

        var consent = Consent.Find(oauth.Settings.Consent);
        if (consent != Consent.Ask) return Decide(context, temporary, consent.Account, consent);
        var where = temporary.Callback == TemporaryCredential.OutOfBand ? "an address it did not say" : new Uri(temporary.Callback).Authority;
        return Answers.Html(ConsentPage.Render(context, state.Accounts.All, new(
            Consumer.Sample.Name, where, ["Do everything that the account may do"], Authorize, temporary.Token)));
    }

    private static async Task<IResult> DecideAsync(HttpContext context, SampleAppState state, TimeProvider clock)
    {
        var form = await Parameters.OfFormAsync(context.Request);
        if (state.OAuth1.Temporary.Find(form?["ticket"], clock.GetUtcNow()) is not { } temporary) return Unknown(context);

        var account = form!["decision"] == "allow" ? state.Accounts.ByUsername(form["account"]) : null;
        return Decide(context, temporary, account?.Username, Consent.Find("deny"));
    }

    private static IResult Decide(HttpContext context, TemporaryCredential temporary, string? username, Consent consent)
    {
        if (!temporary.Decide(username)) return Unknown(context);
        if (temporary.Callback == TemporaryCredential.OutOfBand) return Answers.Html(VerifierPage.Render(context, temporary.Verifier));

        return Answers.SeeOther(QueryHelpers.AddQueryString(temporary.Callback, new Dictionary<string, string?>
        {
            ["oauth_token"] = temporary.Token,
            ["oauth_verifier"] = temporary.Verifier,
            ["oauth_problem"] = username is null ? "permission_denied" : null,
            ["oauth_problem_advice"] = username is null ? consent.Refusal?.Description : null,
        }));
    }

    private static async Task<IResult> CompleteAsync(HttpContext context, SampleAppState state, TimeProvider clock)
    {
        var (oauth, now) = (state.OAuth1, clock.GetUtcNow());
        var (proven, problem) = await SignatureCheck.CheckAsync(context.Request, oauth, oauth.Time(clock), token => oauth.Temporary.Find(token, now) is { } known
            ? (known, null)
            : (null, OAuth1Problem.Refused("token_rejected", "The temporary token is not known, or no longer.")));
        if (proven is null) return problem!;
        if (proven.Credential is not TemporaryCredential temporary) return OAuth1Problem.Absent("oauth_token");
        if (proven.Sent.GetValueOrDefault("oauth_verifier") is not { } verifier) return OAuth1Problem.Absent("oauth_verifier");
        if (temporary.Verifier is not { } expected || !RandomSecret.Same(expected, verifier))
            return OAuth1Problem.Refused("verifier_invalid", "oauth_verifier is wrong, or nobody has allowed it yet.");
        // Of many who come at once one gets the token (RFC 5849, 2.3: temporary credentials are good for one use).
        if (oauth.Temporary.Take(temporary.Token, now) is null) return OAuth1Problem.Refused("token_used", "The temporary token was used before.");

        var token = oauth.Issue(temporary.Username!);
        return FormAnswer.Write([("oauth_token", token.Token), ("oauth_token_secret", token.Secret)]);
    }

    private static IResult Unknown(HttpContext context) => Answers.Html(
        ErrorPage.Render(context, "token_rejected", "This question is not known, was answered before, or waited for too long. Start again where you came from."),
        StatusCodes.Status400BadRequest);
}
