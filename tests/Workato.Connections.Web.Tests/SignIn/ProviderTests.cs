using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Tokens;
using Workato.Connections.Auditing;
using Workato.Connections.Privileges;
using Workato.Connections.Web.Tests.Support;

namespace Workato.Connections.Web.Tests.SignIn;

/// <summary>What comes back from a provider is believed only if it is in order; what is not ends in words, and changes nothing.</summary>
public sealed class ProviderTests(ProviderOnSqlite product) : IClassFixture<ProviderOnSqlite>
{
    private static readonly Dictionary<string, (string Words, Action<SecurityTokenDescriptor> Forge)> Forged = new()
    {
        ["another audience"] = ("another audience", t => t.Audience = "another-client"),
        ["another issuer"] = ("another issuer", t => t.Issuer = "https://elsewhere.example"),
        ["another key"] = ("signature", t => t.SigningCredentials = new(new RsaSecurityKey(System.Security.Cryptography.RSA.Create(2048)) { KeyId = "one" }, SecurityAlgorithms.RsaSha256)),
        ["a key nobody knows"] = ("signature", t => t.SigningCredentials = new(new RsaSecurityKey(System.Security.Cryptography.RSA.Create(2048)) { KeyId = "two" }, SecurityAlgorithms.RsaSha256)),
        ["the client secret as key"] = ("signature", t => t.SigningCredentials = new(new SymmetricSecurityKey(System.Text.Encoding.UTF8.GetBytes(TinyProvider.ClientSecret)), SecurityAlgorithms.HmacSha256)),
        ["no signature"] = ("signature", t => t.SigningCredentials = null),
        ["another nonce"] = ("nonce", t => t.Claims["nonce"] = "638000000000000000.AAAA"),
        ["no nonce"] = ("nonce", t => t.Claims.Remove("nonce")),
        ["an end in the past"] = ("not valid now", t => t.Expires = DateTime.UtcNow.AddHours(-1)),
        ["no subject"] = ("", t => t.Claims.Remove("sub")),
        ["an empty subject"] = ("", t => t.Claims["sub"] = ""),
        ["a subject with U+0000"] = ("who you are", t => t.Claims["sub"] = "a\0b"),
    };

    public static TheoryData<string> Forgeries => [.. Forged.Keys];

    [Fact]
    public async Task Somebody_signs_in_and_comes_back_to_where_they_were_going()
    {
        using var browser = new CookieClient(product);
        (await browser.Http.ReadAsync("/projects?page=2")).Is(302).Headers.Location!.PathAndQuery.ShouldBe("/sign-in?return=%2Fprojects%3Fpage%3D2");

        (await browser.TripAsync(product.Provider, "ada", "/projects?page=2")).Is(302).Headers.Location!.ToString().ShouldBe("/projects?page=2");

        (await browser.Http.ReadAsync("/projects")).Ok().Text.ShouldContain("Sign out");
        browser.Cookies.Except(["connections-antiforgery"]).ShouldBe(["connections-session"]);
        (await product.MemberAsync("ada"))!.Issuer.ShouldBe(product.Provider.Url);
    }

    [Fact]
    public async Task Groups_are_those_of_the_claim_that_is_set()
    {
        await FirstAsync();
        using var browser = new CookieClient(product);

        await browser.TripAsync(product.Provider, "maker", claims: ("groups", new[] { "others", "makers of things" }));

        (await product.MemberAsync("maker"))!.Role.Name.ShouldBe("Analyst");
    }

    [Theory]
    [InlineData(false)]
    [InlineData("false")]
    public async Task An_address_the_provider_doubts_takes_no_invitation(object verified)
    {
        await FirstAsync();
        var email = $"invited-{Guid.NewGuid():N}@example.com";
        await product.DbAsync(async db =>
        {
            db.Add(new Member { Name = "Invited", Email = email, Role = await db.Set<Role>().SingleAsync(r => r.Name == "Admin"), CreatedAt = DateTimeOffset.UtcNow });
            return await db.SaveChangesAsync();
        });
        using var doubted = new CookieClient(product);
        using var sure = new CookieClient(product);

        await doubted.TripAsync(product.Provider, $"eve {email}", claims: [("email", email), ("email_verified", verified)]);
        await sure.TripAsync(product.Provider, $"ada {email}", claims: [("email", email), ("email_verified", true)]);

        (await product.MemberAsync($"eve {email}"))!.Role.Name.ShouldBe("Operator");
        (await product.MemberAsync($"ada {email}"))!.Role.Name.ShouldBe("Admin");
    }

    [Theory]
    [MemberData(nameof(Forgeries))]
    public async Task An_ID_token_with_a_fault_is_not_believed(string fault)
    {
        using var browser = new CookieClient(product);
        var before = await CountAsync();

        var answer = await browser.TripAsync(product.Provider, "forged", "/projects", Forged[fault].Forge);

        await ShouldRefuseAsync(browser, answer, Forged[fault].Words, "/projects");
        (await CountAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task A_state_of_another_browser_signs_nobody_in()
    {
        using var mallory = new CookieClient(product);
        using var ada = new CookieClient(product);
        var (state, nonce) = await mallory.LeaveAsync();
        await ada.LeaveAsync();

        var answer = await ada.ReturnAsync(state, product.Provider.Give(nonce, new() { ["sub"] = "mallory" }));

        await ShouldRefuseAsync(ada, answer, "another browser");
        (await product.MemberAsync("mallory")).ShouldBeNull();
    }

    [Theory]
    [InlineData("")]
    [InlineData("?code=x")]
    [InlineData("?code=x&state=guessed")]
    [InlineData("?state=")]
    [InlineData("?error=access_denied&error_description=marked-description")]
    [InlineData("?error=%3Cscript%3E&state=x")]
    public async Task A_callback_nobody_asked_for_ends_in_words(string query)
    {
        using var browser = new CookieClient(product);

        await ShouldRefuseAsync(browser, await browser.Http.ReadAsync("/sign-in/callback" + query), "");
    }

    [Theory]
    [InlineData("access_denied", "did not let you in here")]
    [InlineData("login_required", "It said: login_required.")]
    [InlineData("%3Cb%3Etricks", "")]
    public async Task What_the_provider_says_no_to_is_said_in_words_and_can_be_tried_again(string error, string words)
    {
        using var browser = new CookieClient(product);
        var (state, _) = await browser.LeaveAsync("/projects");

        var answer = await browser.Http.ReadAsync($"/sign-in/callback?error={error}&error_description=marked-description&state={Uri.EscapeDataString(state)}");

        (await ShouldRefuseAsync(browser, answer, words, "/projects")).ShouldNotContain("tricks");
    }

    [Fact]
    public async Task A_code_that_is_not_good_any_more_ends_in_words()
    {
        using var browser = new CookieClient(product);
        var (state, _) = await browser.LeaveAsync();

        await ShouldRefuseAsync(browser, await browser.ReturnAsync(state, "marked-code-used"), "It said: invalid_grant.");
    }

    [Theory]
    [InlineData("https://elsewhere.example/")]
    [InlineData("//elsewhere.example/")]
    [InlineData("/\\elsewhere.example")]
    public async Task Nobody_is_sent_elsewhere_after_signing_in(string back)
    {
        using var browser = new CookieClient(product);

        (await browser.TripAsync(product.Provider, "ada", back)).Is(302).Headers.Location!.ToString().ShouldBe("/");
        (await browser.Http.ReadAsync($"/sign-in?return={Uri.EscapeDataString(back)}")).Ok().Text.ShouldNotContain("elsewhere");
    }

    [Fact]
    public async Task The_owner_link_is_off_in_words_and_old_sessions_by_it_are_over()
    {
        using var browser = new CookieClient(product);
        var link = await product.OwnerLinkAsync();

        (await browser.Http.ReadAsync(link)).Is(302).Headers.Location!.ToString().ShouldBe("/sign-in?owner=True");
        (await browser.Http.ReadAsync("/sign-in?owner=True")).Ok().Text.ShouldContain("There is no owner link here.");

        browser.Cookies.ShouldNotContain("connections-session");
    }

    [Fact]
    public async Task Refusals_are_counted_for_the_audit_log_and_nothing_secret_is_in_the_log()
    {
        using var browser = new CookieClient(product);
        await browser.TripAsync(product.Provider, "ada");
        var (state, _) = await browser.LeaveAsync();
        await browser.ReturnAsync(state, "marked-code-bad");
        await product.Services.GetRequiredService<AuditTally>().WriteAsync(CancellationToken.None);

        var refusals = await product.DbAsync(db => db.Set<AuditEntry>().Where(e => e.Event == AuditEvents.SignInRefused).ToListAsync());
        refusals.ShouldContain(e => e.Reason == "invalid_grant" && e.ActorKind == ActorKind.Nobody && e.Address != null);

        await using var file = new FileStream(product.LogPath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var log = await new StreamReader(file).ReadToEndAsync(TestContext.Current.CancellationToken);
        log.ShouldContain("A sign-in at");
        foreach (var secret in new[] { TinyProvider.ClientSecret, "marked-code", "marked-access-token", state[..40] }) log.ShouldNotContain(secret);
    }

    private Task<int> CountAsync() => product.DbAsync(db => db.Set<Member>().CountAsync());

    private async Task FirstAsync()
    {
        using var browser = new CookieClient(product);
        await browser.TripAsync(product.Provider, "ada");
    }

    private static async Task<string> ShouldRefuseAsync(CookieClient browser, Answer answer, string words, string? back = null)
    {
        var location = answer.Is(302).Headers.Location!.ToString();
        location.ShouldStartWith("/sign-in");
        if (back is not null) location.ShouldBe($"/sign-in?return={Uri.EscapeDataString(back)}");
        browser.Cookies.ShouldNotContain("connections-session");
        var page = (await browser.Http.ReadAsync(location)).Ok().Text;
        page.ShouldContain("You were not signed in.");
        Regex.Match(page, "not signed in.*").Value.ShouldContain(words);
        page.ShouldContain("Try again");
        page.ShouldNotContain("marked-");
        return page;
    }
}
