using System.Diagnostics;
using System.Globalization;
using Workato.Connections.AuthMethods;
using Workato.Connections.Benchmarks.Servers;
using Workato.Connections.Tests.Support;

namespace Workato.Connections.Benchmarks.Refresh;

/// <summary>
/// Many connections whose access tokens have ended, each read once: how many are refreshed a second, beside how many
/// answers a second the provider gives to nothing but an HttpClient. Provider, reader and PostgreSQL are processes of their own.
/// </summary>
internal static class Throughput
{
    private const int MakingAtOnce = 16;

    public static async Task RunAsync(string product, bool isQuick)
    {
        var (count, warmUp) = isQuick ? (1_000, 500) : (10_000, 3_000);
        await using var cluster = new PostgresCluster();
        using var installation = await Installation.MakeAsync(Path.GetFullPath(product));
        var database = await cluster.CreateDatabaseAsync();
        await installation.MigrateAsync(database);
        using var provider = await ServerProcess.StartFloorAsync("tokens");

        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{DateTime.Now:HH:mm:ss} making {count + warmUp} connections"));
        await using (var library = new Library(database, installation.Certificate, installation.Directory))
            await Parallel.ForAsync(0, count + warmUp, new ParallelOptions { MaxDegreeOfParallelism = MakingAtOnce }, async (i, _) => await library.ConnectAsync(provider.Address, Ended(i)));
        await Library.LeaveToReadersAsync(database);

        Console.Error.WriteLine($"{DateTime.Now:HH:mm:ss} reading");
        using var reader = Process.Start("dotnet", [typeof(Throughput).Assembly.Location, "refresh-reader", database, installation.Certificate, installation.Directory,
            provider.Address.AbsoluteUri, warmUp.ToString(CultureInfo.InvariantCulture)]);
        await reader.WaitForExitAsync();
        if (reader.ExitCode != 0) throw new InvalidOperationException($"The reader ended with {reader.ExitCode}.");
    }

    private static Tokens Ended(int number) => new()
    {
        AccessToken = new($"sat_{Guid.NewGuid():N}"),
        RefreshToken = new(string.Create(CultureInfo.InvariantCulture, $"srt_{Guid.NewGuid():N}{number}")),
        IssuedAt = DateTimeOffset.UtcNow.AddHours(-2),
        ExpiresAt = DateTimeOffset.UtcNow.AddHours(-1),
    };
}
