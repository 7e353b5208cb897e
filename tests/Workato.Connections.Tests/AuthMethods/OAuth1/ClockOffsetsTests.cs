using System.Net;
using Microsoft.Extensions.Time.Testing;
using Workato.Connections.AuthMethods.OAuth1;

namespace Workato.Connections.Tests.AuthMethods.OAuth1;

public sealed class ClockOffsetsTests
{
    private static readonly Uri App = new("https://app.example/a");

    private readonly FakeTimeProvider time = new(DateTimeOffset.FromUnixTimeSeconds(1_000_000_000));
    private readonly ClockOffsets clock;

    public ClockOffsetsTests() => clock = new(time);

    private long Now => clock.Now(App).ToUnixTimeSeconds();

    [Fact]
    public void An_app_is_thought_to_have_our_time_until_it_says_otherwise() => Now.ShouldBe(1_000_000_000);

    [Theory]
    [InlineData(-3600)]
    [InlineData(31)]
    [InlineData(86400)]
    public void A_rejection_with_another_time_teaches_that_time_and_says_ask_again(int seconds)
    {
        clock.LearnFrom(Says(401, seconds)).ShouldBeTrue();

        Now.ShouldBe(1_000_000_000 + seconds);
        clock.LearnFrom(Says(401, seconds)).ShouldBeFalse("the time was right already");
    }

    [Fact]
    public void What_is_learned_goes_on_with_the_time()
    {
        clock.LearnFrom(Says(401, 100));
        time.Advance(TimeSpan.FromMinutes(1));

        Now.ShouldBe(1_000_000_160);
    }

    [Theory]
    [InlineData(401, 30)]
    [InlineData(401, null)]
    [InlineData(403, 100)]
    [InlineData(200, 100)]
    public void Anything_else_teaches_nothing(int status, int? seconds)
    {
        clock.LearnFrom(Says(status, seconds)).ShouldBeFalse();

        Now.ShouldBe(1_000_000_000);
    }

    [Fact]
    public void A_400_says_ask_again_only_where_it_is_about_the_time()
    {
        clock.LearnFrom(Says(400, 100)).ShouldBeFalse();
        clock.LearnFrom(Says(400, 200, "OAuth oauth_problem=timestamp_refused")).ShouldBeTrue();
    }

    [Fact]
    public void A_clock_that_was_put_right_needs_no_correction_any_more()
    {
        clock.LearnFrom(Says(401, 100));

        clock.LearnFrom(Says(401, 5)).ShouldBeTrue();

        Now.ShouldBe(1_000_000_000);
    }

    [Fact]
    public void Every_app_has_a_clock_of_its_own()
    {
        clock.LearnFrom(Says(401, 100));

        clock.Now(new("https://other.example")).ToUnixTimeSeconds().ShouldBe(1_000_000_000);
    }

    [Fact]
    public void No_more_than_so_many_apps_are_remembered()
    {
        clock.LearnFrom(Says(401, 100));
        for (var i = 0; i < ClockOffsets.MaxApps; i++) clock.Learn(new($"https://app-{i}.example"), time.GetUtcNow().AddHours(1));

        Now.ShouldBe(1_000_000_000);
        clock.Now(new($"https://app-{ClockOffsets.MaxApps - 1}.example")).ShouldBe(time.GetUtcNow().AddHours(1));
    }

    private HttpResponseMessage Says(int status, int? secondsAhead, string? challenge = null)
    {
        var response = new HttpResponseMessage((HttpStatusCode)status) { RequestMessage = new(HttpMethod.Get, App) };
        if (secondsAhead is { } ahead) response.Headers.Date = time.GetUtcNow().AddSeconds(ahead);
        if (challenge is not null) response.Headers.TryAddWithoutValidation("WWW-Authenticate", challenge);
        return response;
    }
}
