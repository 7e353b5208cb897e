using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Workato.Connections.Diagnosing;
using Workato.Connections.Web.Tests.Support;
using Workato.Connections.Web.Tests.Support.RealSoftware;

namespace Workato.Connections.Web.Tests.Diagnosing;

/// <summary>
/// Every failure in docs/diagnosis.md, produced for real and told by its cause. With CONNECTIONS_FAILURE_TABLE it writes
/// the table into the file that names.
/// </summary>
public sealed partial class FailureTableTests(FailingProduct product) : IClassFixture<FailingProduct>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_failure_is_told_by_its_own_cause_and_blamed_on_nobody_else()
    {
        await using var scene = await FailureScene.StartAsync(product);
        await using var hanging = await TinyApp.StartAsync(context => Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default));
        // Half a minute, in which the others are produced.
        var hung = FailuresOfApps.Hanging(product, hanging.Url);
        var hangs = hung.Produce();
        var (desk, removed) = await ForLaterAsync(scene);
        await using var radicale = await RadicaleServer.StartAsync(Cancel);
        await using var syncthing = await SyncthingServer.StartAsync(Cancel);
        await using var oauthlib = await OAuthlibProvider.StartAsync(Cancel);

        var table = new List<(Failure Failure, Told Told)>();
        var failures = FailuresOfApps.Answers(scene).Concat(FailuresOfApps.Network(scene)).Concat(FailuresOfTokens.All(scene))
            .Concat(FailuresOfRealSoftware.All(scene, product, radicale, syncthing, oauthlib)).Concat(FailuresOfOurs.Stored(scene));
        foreach (var failure in failures) table.Add((failure, await ProducedAsync(failure)));
        table.Add((hung, await hangs));
        product.Settings["Egress:AllowedNetworks"] = "224.0.0.0/4";
        File.Delete(Path.Combine(product.Connectors, "files.yaml"));
        await product.RestartAsync();
        foreach (var failure in FailuresOfOurs.AfterRestart(scene, desk, removed)) table.Add((failure, await ProducedAsync(failure)));

        if (Environment.GetEnvironmentVariable("CONNECTIONS_FAILURE_TABLE") is { Length: > 0 } path) await WriteAsync(path, table);
        table.SelectMany(Wrong).ShouldBeEmpty();
        table.Count.ShouldBeGreaterThan(50);
    }

    private async Task<(int Desk, int Removed)> ForLaterAsync(FailureScene scene)
    {
        var desk = await product.CreateAsync("desk", new { auth_type = "key", url = scene.Url, api_key = "k-123456" });
        var removed = await product.CreateAsync("files", new { url = scene.Url, api_key = "k-123456" });
        return (desk.Id, removed.Id);
    }

    private static async Task<Told> ProducedAsync(Failure failure)
    {
        try
        {
            return await failure.Produce();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return new(null, $"not produced: {e.Message} {e.StackTrace?.Split('\n').FirstOrDefault(l => l.Contains("Failures", StringComparison.Ordinal))}", null);
        }
    }

    private static IEnumerable<string> Wrong((Failure Failure, Told Told) row)
    {
        var ((what, by, cause, _), (told, words, evidence)) = row;
        var name = $"{what} ({by}): {words} [{evidence}]";
        if (told != cause) yield return $"told as {told}, not {cause}: {name}";
        if (row.Failure.Naming is { } named && !$"{words}\n{evidence}".Contains(named, StringComparison.Ordinal)) yield return $"does not name {named}: {name}";
        if (row.Failure.NotBlaming is { } blamed && words.Contains(blamed, StringComparison.Ordinal)) yield return $"blames: {name}";
        if (evidence?.Length > Diagnosis.MaxEvidence) yield return $"evidence too long: {name}";
        if (words.Contains("k-123456", StringComparison.Ordinal) || evidence?.Contains("k-123456", StringComparison.Ordinal) == true) yield return $"repeats the secret: {name}";
    }

    private static async Task WriteAsync(string path, List<(Failure Failure, Told Told)> table)
    {
        var lines = (await File.ReadAllTextAsync(path, Cancel)).Split("<!-- table -->")[0] + "<!-- table -->\n\n| # | Failure | Produced by | Cause | What people are told |\n|---|---|---|---|---|\n";
        var text = new StringBuilder(lines);
        foreach (var (number, (failure, told)) in table.Index()) text.Append(CultureInfo.InvariantCulture, $"| {number + 1} | {failure.What} | {failure.By} | `{told.Cause}` | {Plain(told.Words)} |\n");
        await File.WriteAllTextAsync(path, text.ToString(), Cancel);
    }

    // The same in every run: ports are not.
    private static string Plain(string words) => Lengths().Replace(words.Replace("|", "\\|", StringComparison.Ordinal), "60 minutes");

    [GeneratedRegex(@"\b(59|60|61) minutes")]
    private static partial Regex Lengths();
}
