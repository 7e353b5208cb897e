using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Workato.Connections.AuthMethods;
using Workato.Connections.Tests.Support;

namespace Workato.Connections.Tests.Authorizing.Support;

/// <summary>An app that issues tokens as strictly as the standard allows: each refresh token is redeemed once, and gives a new one.</summary>
public sealed class IssuingApp : IAsyncDisposable
{
    private readonly TestApp app;
    private readonly ConcurrentDictionary<string, bool> redeemable = new() { ["rt-0"] = true, ["code-1"] = true };
    private int issued;

    private IssuingApp(TestApp app)
    {
        this.app = app;
        app.Answer = context => context.Request.Path == "/token" ? AnswerTokenAsync(context) : Api(context);
    }

    public string Url => app.Url;

    /// <summary>How long its access tokens live; null: it does not say.</summary>
    public int? Seconds { get; set; } = 3600;

    /// <summary>What happens between being asked for tokens and answering.</summary>
    public Func<Task> Meanwhile { get; set; } = () => Task.CompletedTask;

    /// <summary>What it answers where it does not issue.</summary>
    public Func<HttpContext, Task>? Instead { get; set; }

    /// <summary>The rest of the app.</summary>
    public Func<HttpContext, Task> Api { get; set; } = TestApp.Says(200, """{"email":"bot@suite.example"}""");

    /// <summary>What it was asked for tokens with, in order.</summary>
    public ConcurrentQueue<Dictionary<string, string>> Asked { get; } = new();

    /// <summary>The tokens a connection begins with.</summary>
    public static Tokens First(DateTimeOffset now, TimeSpan? life = null) =>
        new() { AccessToken = new("at-0"), RefreshToken = new("rt-0"), IssuedAt = now, ExpiresAt = now + (life ?? TimeSpan.FromHours(1)) };

    public static async Task<IssuingApp> StartAsync() => new(await TestApp.StartAsync());

    /// <summary>Accepts only this access token.</summary>
    public static Func<HttpContext, Task> Wants(string token) =>
        context => TestApp.Says(context.Request.Headers.Authorization == "Bearer " + token ? 200 : 401, """{"email":"bot@suite.example"}""")(context);

    public static Func<HttpContext, Task> Refuses(string code, int status = 400) => TestApp.Says(status, $$"""{"error":"{{code}}"}""");

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task AnswerTokenAsync(HttpContext context)
    {
        var form = (await context.Request.ReadFormAsync()).ToDictionary(f => f.Key, f => f.Value.ToString());
        var instead = Instead;
        // Redeemed when it arrives, and not when the answer is on its way: that is what makes a second request fatal.
        var key = form.GetValueOrDefault("refresh_token") ?? form.GetValueOrDefault("code");
        var isGood = key is null || instead is not null || redeemable.TryRemove(key, out _);
        Asked.Enqueue(form);
        await Meanwhile();
        if (instead is not null || !isGood)
        {
            await (instead ?? Refuses("invalid_grant"))(context);
            return;
        }

        var number = Interlocked.Increment(ref issued);
        redeemable[$"rt-{number}"] = true;
        var life = Seconds is { } seconds ? $",\"expires_in\":{seconds}" : "";
        await TestApp.Says(200, $$"""{"access_token":"at-{{number}}","refresh_token":"rt-{{number}}","token_type":"bearer"{{life}}}""")(context);
    }
}
