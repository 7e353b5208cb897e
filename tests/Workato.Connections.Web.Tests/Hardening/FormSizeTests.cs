using Workato.Connections.Web.Tests.Support;

namespace Workato.Connections.Web.Tests.Hardening;

/// <summary>What is larger than a page takes is said to be so.</summary>
public sealed class FormSizeTests(Furnished product) : IClassFixture<Furnished>
{
    [Theory]
    [InlineData("/settings/api-clients", true)]
    [InlineData("/settings/api-clients", false)]
    [InlineData("/connections/new/sample_app", true)]
    [InlineData("/sign-out", true)]
    [InlineData("/oauth/connect/any", true)]
    public async Task A_form_of_more_than_1_MB_is_413_in_words(string page, bool isLengthKnown)
    {
        using var owner = await CookieClient.SignedInAsync(product);
        var form = await owner.FormAsync("/settings/api-clients", ("name", new string('x', 1024 * 1024)));
        var content = new FormUrlEncodedContent(form);
        // As curl does with what is large: whoever is refused at once is not cut off in the middle of sending.
        owner.Http.DefaultRequestHeaders.ExpectContinue = true;
        if (!isLengthKnown) owner.Http.DefaultRequestHeaders.TransferEncodingChunked = true;

        (await owner.Http.SendAsync(page, content)).Is(413).Text.ShouldContain("What was sent is larger than this page takes. Nothing was changed.");
    }

    [Fact]
    public async Task So_is_one_with_more_boxes_than_any_page_has()
    {
        using var owner = await CookieClient.SignedInAsync(product);
        var form = await owner.FormAsync("/settings/api-clients");
        for (var i = 0; i < 2000; i++) form[$"box{i}"] = "x";

        (await owner.Http.SendAsync("/settings/api-clients", new FormUrlEncodedContent(form))).Is(413).Text.ShouldContain("larger than this page takes");
    }

    [Fact]
    public async Task A_form_of_almost_1_MB_is_read()
    {
        using var owner = await CookieClient.SignedInAsync(product);
        var form = await owner.FormAsync("/settings/api-clients", ("name", new string('x', 1000 * 1024)));

        (await owner.Http.SendAsync("/settings/api-clients", new FormUrlEncodedContent(form))).Ok().Text.ShouldContain("is too long");
    }
}
