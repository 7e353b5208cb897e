namespace Workato.Connections.Benchmarks.Loads;

/// <summary>One thing the product does, beside the floor it stands on.</summary>
/// <param name="Name">What the product does.</param>
/// <param name="Floor">What the floor does.</param>
/// <param name="OnProduct">Asked of the product.</param>
/// <param name="OnFloor">Asked of the floor.</param>
internal sealed record Scenario(string Name, string Floor, Load OnProduct, Load OnFloor)
{
    /// <summary>Both in turns, after warming both up; the medians.</summary>
    public async Task<Comparison> MeasureAsync(Wrk wrk, Options options)
    {
        await wrk.RunAsync(OnProduct, options.WarmUp);
        await wrk.RunAsync(OnFloor, options.WarmUp);
        var (product, floor) = (new List<Outcome>(), new List<Outcome>());
        for (var round = 0; round < options.Rounds; round++)
        {
            product.Add(await wrk.RunAsync(OnProduct, options.Run));
            floor.Add(await wrk.RunAsync(OnFloor, options.Run));
        }

        return new(this, Outcome.Median(product), Outcome.Median(floor));
    }
}

/// <summary>A scenario's outcome.</summary>
internal sealed record Comparison(Scenario Scenario, Outcome Product, Outcome Floor);
