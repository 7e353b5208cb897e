using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using Workato.Connections.Web.Api;
using Workato.Connections.Web.SignIn;

namespace Workato.Connections.Web.Hardening;

/// <summary>How often one address may try what strangers may: far more than a person does, far less than guessing takes.</summary>
internal sealed record RateLimits
{
    /// <summary>The policy of the pages that sign in.</summary>
    public const string SignIn = "sign-in";

    /// <summary>The policy of the pages that apps and links lead to.</summary>
    public const string OAuth = "oauth";

    public static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    /// <summary>Requests for pages that sign in, in a window.</summary>
    public int SignInPages { get; init; } = 30;

    /// <summary>Requests for pages that apps and links lead to, in a window.</summary>
    public int OAuthPages { get; init; } = 60;

    /// <summary>API tokens that are not known here, in a window.</summary>
    public int UnknownTokens { get; init; } = 100;

    /// <summary>The answer to another token of who tried too many.</summary>
    public static Task RefuseTokenAsync(HttpContext context, TimeSpan wait)
    {
        SetRetryAfter(context.Response, wait);
        return Problems.Write(context, StatusCodes.Status429TooManyRequests,
            "Too many requests: more unknown API tokens came from your address than are looked up in a minute, so this one was not. Tokens in use keep working; try this one again later.");
    }

    internal static void SetRetryAfter(HttpResponse response, TimeSpan wait) =>
        response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
}

/// <summary>Sets the limits up.</summary>
internal static class RateLimitsSetup
{
    public static void AddRateLimits(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(new RateLimits());
        builder.Services.AddSingleton<TokenGuesses>();
        builder.Services.AddRateLimiter(o =>
        {
            o.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            // The words are the error page's.
            o.OnRejected = (rejected, _) =>
            {
                RateLimits.SetRetryAfter(rejected.HttpContext.Response, rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : RateLimits.Window);
                return ValueTask.CompletedTask;
            };
            // Where people come back from their provider is no page: the handler of the sign-in answers it by itself.
            o.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, int>(context =>
                context.Request.Path == OpenIdConnectSetup.CallbackPath ? Partition(context, l => l.SignInPages) : RateLimitPartition.GetNoLimiter(-1));
            Limit(o, RateLimits.SignIn, l => l.SignInPages);
            Limit(o, RateLimits.OAuth, l => l.OAuthPages);
        });
    }

    private static void Limit(RateLimiterOptions options, string policy, Func<RateLimits, int> permits) => options.AddPolicy(policy, context => Partition(context, permits));

    private static RateLimitPartition<int> Partition(HttpContext context, Func<RateLimits, int> permits)
    {
        var limits = context.RequestServices.GetRequiredService<RateLimits>();
        return RateLimitPartition.GetFixedWindowLimiter(RemoteNetwork.Slot(context.Connection.RemoteIpAddress), _ => new() { PermitLimit = permits(limits), Window = RateLimits.Window });
    }
}
