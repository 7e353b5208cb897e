using Workato.Connections.Authorizing;
using Workato.Connections.Authorizing.Refresh;
using Workato.Connections.AuthMethods;
using Workato.Connections.Tests.Support;

namespace Workato.Connections.Tests.Authorizing.Refresh;

/// <summary>When new tokens are got.</summary>
public sealed class RefreshScheduleTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(3600, 30)]
    [InlineData(86400, 30)]
    [InlineData(300, 30)]
    [InlineData(60, 6)]
    [InlineData(10, 1)]
    public void A_token_is_not_used_up_to_its_very_end(int life, int margin) =>
        RefreshSchedule.UsableUntil(Living(life)).ShouldBe(Now.AddSeconds(life - margin));

    [Fact]
    public void A_token_without_an_end_is_used_for_ever() => RefreshSchedule.UsableUntil(Living(60) with { ExpiresAt = null }).ShouldBeNull();

    [Theory]
    [InlineData(3600, 2520, 2880)]
    [InlineData(60, 42, 48)]
    [InlineData(86400, 81000, 82800)]
    public void New_ones_are_due_ahead_of_the_end_and_not_all_at_once(int life, int earliest, int latest)
    {
        var due = Enumerable.Range(0, 200).Select(_ => RefreshSchedule.Due(With(Living(life)), Now)!.Value).ToArray();

        due.Min().ShouldBeGreaterThanOrEqualTo(Now.AddSeconds(earliest));
        due.Max().ShouldBeLessThanOrEqualTo(Now.AddSeconds(latest));
        due.Distinct().Count().ShouldBeGreaterThan(100);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(60)]
    [InlineData(3600)]
    [InlineData(86400)]
    public void New_ones_are_due_before_the_old_are_put_aside(int life) =>
        RefreshSchedule.Due(With(Living(life)), Now)!.Value.ShouldBeLessThan(RefreshSchedule.UsableUntil(Living(life))!.Value);

    [Fact]
    public void Tokens_that_have_ended_are_due_at_once() =>
        RefreshSchedule.Due(With(Living(60) with { ExpiresAt = Now.AddDays(-1) }), Now)!.Value.ShouldBeLessThanOrEqualTo(Now);

    [Fact]
    public void Tokens_without_an_end_are_never_due() => RefreshSchedule.Due(With(Living(60) with { ExpiresAt = null }), Now).ShouldBeNull();

    [Fact]
    public void Where_a_person_is_needed_nothing_is_due() => RefreshSchedule.Due(With(Living(60) with { RefreshToken = null }), Now).ShouldBeNull();

    [Theory]
    [InlineData("machine")]
    [InlineData("signed")]
    public void Where_no_person_is_needed_new_ones_are_due_without_a_refresh_token(string way) =>
        RefreshSchedule.Due(With(Living(60) with { RefreshToken = null }, way), Now).ShouldNotBeNull();

    [Theory]
    [InlineData(1, 5)]
    [InlineData(2, 10)]
    [InlineData(3, 20)]
    [InlineData(8, 640)]
    [InlineData(9, 900)]
    [InlineData(1000000, 900)]
    public void Each_failure_doubles_the_wait_up_to_a_quarter_of_an_hour(int failures, int seconds) =>
        RefreshSchedule.Wait(failures, null).ShouldBe(TimeSpan.FromSeconds(seconds));

    [Theory]
    [InlineData(1, 2)]
    [InlineData(120, 120)]
    [InlineData(999999, 3600)]
    public void An_app_may_ask_for_a_longer_wait_but_not_for_more_than_an_hour(int wanted, int seconds) =>
        RefreshSchedule.Wait(1, TimeSpan.FromSeconds(wanted)).ShouldBe(TimeSpan.FromSeconds(Math.Max(5, seconds)));

    private static Tokens Living(int seconds) => new() { AccessToken = new("at-0"), RefreshToken = new("rt-0"), IssuedAt = Now, ExpiresAt = Now.AddSeconds(seconds) };

    private static OpenCredentials With(Tokens tokens, string way = "code")
    {
        var connector = TestCatalog.Instance.Find(TestSuite.Provider)!;
        return new(connector, connector.FindWay(way)!, FieldValues.Empty) { Tokens = tokens };
    }
}
