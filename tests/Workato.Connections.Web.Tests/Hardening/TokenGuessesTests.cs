using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Workato.Connections.Web.Hardening;

namespace Workato.Connections.Web.Tests.Hardening;

/// <summary>Who is kept from the database, and for how long.</summary>
public sealed class TokenGuessesTests : IDisposable
{
    private static readonly IPAddress Sender = IPAddress.Parse("203.0.113.7");

    private readonly FakeTimeProvider time = new();
    private readonly TokenGuesses guesses;

    public TokenGuessesTests() => guesses = new(new(), time, NullLogger<TokenGuesses>.Instance);

    [Fact]
    public void The_101st_guess_in_a_minute_waits_until_a_minute_after_the_first()
    {
        Fail(1);
        time.Advance(TimeSpan.FromSeconds(20));
        Fail(98);
        guesses.WaitFor("guess", Sender).ShouldBeNull();
        Fail(1);

        guesses.WaitFor("guess", Sender).ShouldBe(TimeSpan.FromSeconds(40));
        guesses.WaitFor("guess", IPAddress.Parse("198.51.100.7")).ShouldBeNull();
    }

    [Fact]
    public void Then_it_begins_anew()
    {
        Fail(150);
        time.Advance(TimeSpan.FromSeconds(59.9));
        guesses.WaitFor("guess", Sender).ShouldNotBeNull();

        time.Advance(TimeSpan.FromSeconds(0.1));

        guesses.WaitFor("guess", Sender).ShouldBeNull();
        Fail(100);
        guesses.WaitFor("guess", Sender).ShouldBe(TimeSpan.FromMinutes(1));
    }

    [Fact]
    public void A_token_that_was_good_is_looked_up_until_it_is_not_any_more()
    {
        guesses.Learn("good", isGood: true);
        Fail(100);

        guesses.WaitFor("good", Sender).ShouldBeNull();
        guesses.Learn("good", isGood: false);
        guesses.WaitFor("good", Sender).ShouldNotBeNull();
    }

    [Fact]
    public async Task None_is_lost_where_many_come_at_once()
    {
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Fail(25), TestContext.Current.CancellationToken)));

        guesses.WaitFor("guess", Sender).ShouldNotBeNull();
    }

    public void Dispose() => guesses.Dispose();

    private void Fail(int times)
    {
        for (var i = 0; i < times; i++) guesses.Fail(Sender);
    }
}
