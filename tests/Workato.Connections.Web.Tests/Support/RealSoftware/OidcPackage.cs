using System.Diagnostics;

namespace Workato.Connections.Web.Tests.Support.RealSoftware;

/// <summary>
/// The npm package oidc-provider, in the folder beside the test project's sources: exactly what its lock file says.
/// tests/run.sh installs it; where somebody runs the tests otherwise, the first test that needs it does.
/// </summary>
internal static class OidcPackage
{
    private static readonly string Folder = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../Support/RealSoftware/oidc-provider"));

    // npm writes it when everything is there.
    private static readonly FileInfo Installed = new(Path.Combine(Folder, "node_modules/.package-lock.json"));

    // Once, however many test classes begin at the same time.
    private static readonly Lazy<Task> Installation = new(InstallAsync);

    /// <summary>The server program with these settings, to be started.</summary>
    public static async Task<ProcessStartInfo> PrepareAsync(DirectoryInfo home, string settings)
    {
        await Installation.Value;
        return new(Node(), [Path.Combine(Folder, "server.mjs"), settings]) { WorkingDirectory = home.FullName };
    }

    private static async Task InstallAsync()
    {
        if (Installed.Exists && Installed.LastWriteTimeUtc >= File.GetLastWriteTimeUtc(Path.Combine(Folder, "package-lock.json"))) return;
        // In the home of whoever runs the tests, unlike a server: npm has its settings there.
        using var npm = Process.Start(new ProcessStartInfo("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"]) { WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var written = await Task.WhenAll(npm.StandardOutput.ReadToEndAsync(), npm.StandardError.ReadToEndAsync());
        await npm.WaitForExitAsync();
        npm.ExitCode.ShouldBe(0, $"npm ci wrote:\n{string.Concat(written)}");
    }

    // Where the installed one is too old, tests/run.sh puts another there.
    private static string Node() =>
        Directory.GetDirectories(Path.Combine(Folder, "node_modules"), "node-linux-*").Select(d => Path.Combine(d, "bin/node")).FirstOrDefault(File.Exists) ?? "node";
}
