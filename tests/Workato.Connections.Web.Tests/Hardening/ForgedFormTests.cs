using Workato.Connections.Web.Tests.Support;

namespace Workato.Connections.Web.Tests.Hardening;

/// <summary>Forms that do not come from our own pages: refused by every page that takes one, and nothing is changed.</summary>
public sealed class ForgedFormTests(Furnished product) : IClassFixture<Furnished>
{
    [Fact]
    public async Task No_form_is_taken_without_its_token_or_with_a_wrong_one()
    {
        using var owner = await CookieClient.SignedInAsync(product);
        using var other = await CookieClient.SignedInAsync(product);
        var link = await LinkAsync();
        string[] addresses = [.. await product.FormAddressesAsync(), link];
        addresses.Length.ShouldBeGreaterThan(15);
        // Good, but of another browser; garbage; none.
        string?[] tokens = [(await other.FormAsync("/settings/api-clients"))["__RequestVerificationToken"], "forged", null];
        var before = await EverythingAsync(owner);

        foreach (var (address, token) in addresses.Where(a => a != "/error/404").SelectMany(a => tokens, (a, t) => (a, t)))
        {
            var form = Filled().Append(new("__RequestVerificationToken", token ?? "")).Where(f => f.Value.Length > 0);

            (await owner.Http.SendAsync(address, new FormUrlEncodedContent(form))).Status.ShouldBe(400, $"{address} with {token ?? "no token"}");
        }

        (await EverythingAsync(owner)).ShouldBe(before);
        (await owner.Http.ReadAsync(link)).Ok().Text.ShouldContain("Sign in at");
    }

    [Fact]
    public async Task The_words_say_what_to_do()
    {
        using var owner = await CookieClient.SignedInAsync(product);

        (await owner.Http.SendAsync("/settings/api-clients", new FormUrlEncodedContent(Filled()))).Is(400).Text.ShouldContain("nothing was changed");
    }

    private async Task<string> LinkAsync()
    {
        using var somebody = new Traveller(product);
        return await somebody.LinkAsync((await Traveller.ShellAsync(product)).Id);
    }

    // What the forms here call their fields, filled in so that a form that was taken would do something.
    private IEnumerable<KeyValuePair<string, string>> Filled() =>
    [
        new("name", "Forged"), new("id", "1"), new("folder", "3"), new("parent", "2"), new("description", "Forged"), new("clientId", "forged"), new("clientSecret", "forged"),
        new("way", "api_key"), new("input.url", product.SampleApp.Url), new("input.api_key.api_key", "sample-key-bot"),
    ];

    /// <summary>Everything an owner sees.</summary>
    private async Task<string> EverythingAsync(CookieClient owner)
    {
        var seen = new List<string>();
        foreach (var path in new[] { "/api/connections", "/api/projects", "/api/folders", "/api/folders?parent_id=2", "/api/custom_oauth_profiles", "/api/connections/1" }) seen.Add((await product.Api.ReadAsync(path)).Ok().Text);
        var clients = (await owner.Http.ReadAsync("/settings/api-clients")).Ok().Text;
        seen.Add(string.Join(',', System.Text.RegularExpressions.Regex.Matches(clients, "Remove [^\"]*").Select(m => m.Value)));
        return string.Join('\n', seen);
    }
}
