using Workato.Connections.Connectors;

namespace Workato.Connections.Tests.Connectors;

public class StatusRangesTests
{
    [Theory]
    [InlineData(199, false)]
    [InlineData(200, true)]
    [InlineData(299, true)]
    [InlineData(300, false)]
    [InlineData(404, true)]
    [InlineData(405, false)]
    public void A_status_is_inside_a_range_or_is_one_of_the_single_ones(int status, bool expected) =>
        StatusRanges.Parse(["200-299", "404"])!.Contains(status).ShouldBe(expected);

    [Theory]
    [InlineData(199, false)]
    [InlineData(204, true)]
    [InlineData(300, false)]
    public void Success_is_200_to_299(int status, bool expected) => StatusRanges.Success.Contains(status).ShouldBe(expected);

    [Theory]
    [InlineData("")]
    [InlineData("ok")]
    [InlineData("2xx")]
    [InlineData("200-")]
    [InlineData("-200")]
    [InlineData("299-200")]
    [InlineData("99")]
    [InlineData("200-600")]
    [InlineData("200-299-300")]
    public void What_is_no_status_is_refused(string text) => StatusRanges.Parse([text]).ShouldBeNull();

    [Fact]
    public void No_range_at_all_is_refused() => StatusRanges.Parse([]).ShouldBeNull();

    [Fact]
    public void One_bad_range_spoils_the_others() => StatusRanges.Parse(["200", "ok"]).ShouldBeNull();
}
