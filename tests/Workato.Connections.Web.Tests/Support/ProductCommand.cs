using System.Diagnostics;

namespace Workato.Connections.Web.Tests.Support;

/// <summary>Runs the program with a command, as an operator does.</summary>
public static class ProductCommand
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    public static Task<(int Code, string Output)> RunAsync(string command, string directory, params (string Name, string Value)[] settings) => RunAsync(command, directory, null, settings);

    /// <summary>The same, and <paramref name="onLine"/> is done at each line it writes.</summary>
    public static Task<(int Code, string Output)> RunAsync(string command, string directory, Func<string, Task>? onLine, params (string Name, string Value)[] settings) =>
        ProgramAsync("dotnet", [typeof(Program).Assembly.Location, command], onLine, [("ASPNETCORE_ENVIRONMENT", "Production"), ("ASPNETCORE_URLS", "http://127.0.0.1:0"), ("DataDirectory", directory), .. settings]);

    /// <summary>Any program; what it wrote, errors behind the rest.</summary>
    public static Task<(int Code, string Output)> ProgramAsync(string program, string[] arguments, params (string Name, string Value)[] settings) => ProgramAsync(program, arguments, null, settings);

    private static async Task<(int Code, string Output)> ProgramAsync(string program, string[] arguments, Func<string, Task>? onLine, (string Name, string Value)[] settings)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in settings) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Limit);
        try
        {
            var written = await Task.WhenAll(ReadAsync(process.StandardOutput, onLine, limit.Token), process.StandardError.ReadToEndAsync(limit.Token));
            await process.WaitForExitAsync(limit.Token);
            return (process.ExitCode, string.Concat(written));
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }

    private static async Task<string> ReadAsync(StreamReader output, Func<string, Task>? onLine, CancellationToken cancel)
    {
        var written = new System.Text.StringBuilder();
        while (await output.ReadLineAsync(cancel) is { } line)
        {
            written.AppendLine(line);
            if (onLine is not null) await onLine(line);
        }

        return written.ToString();
    }
}
