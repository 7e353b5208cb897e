using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Workato.Connections.Web.Tests.Support.RealSoftware;

/// <summary>A server program that runs for one test. Its working directory is its home, and goes when it goes.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly Process process;
    private readonly ConcurrentQueue<string?> output = new();
    private readonly PosixSignalRegistration terminated;

    private ServerProcess(ProcessStartInfo start)
    {
        process = Launch(start);
        process.OutputDataReceived += (_, line) => output.Enqueue(line.Data);
        process.ErrorDataReceived += (_, line) => output.Enqueue(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        // A test run that is broken off disposes nothing.
        AppDomain.CurrentDomain.ProcessExit += End;
        terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ => End());
    }

    /// <summary>
    /// For requests straight to the server, past any proxy of the machine. A connection serves one request:
    /// SocketsHttpHandler would use that of an HTTP/1.0 server again while the server is closing it.
    /// </summary>
    public static HttpClient Http { get; } =
        new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.Zero });

    /// <summary>What the server has written so far, to its output and to its errors.</summary>
    public string Output => string.Join('\n', output);

    /// <summary>Starts the program and returns once <paramref name="address"/> answers, with whatever status.</summary>
    public static async Task<ServerProcess> StartAsync(ProcessStartInfo start, Uri address, CancellationToken cancellationToken)
    {
        var server = new ServerProcess(start);
        try
        {
            await server.WaitUntilAsync(() => AnswersAsync(address, cancellationToken), cancellationToken);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs a program that prepares a server, to its end.</summary>
    public static async Task RunAsync(ProcessStartInfo start, CancellationToken cancellationToken)
    {
        using var process = Launch(start);
        var written = await Task.WhenAll(
            process.StandardOutput.ReadToEndAsync(cancellationToken), process.StandardError.ReadToEndAsync(cancellationToken));
        await process.WaitForExitAsync(cancellationToken);
        process.ExitCode.ShouldBe(0, $"{start.FileName} wrote:\n{string.Concat(written)}");
    }

    /// <summary>Asks again and again: until yes, until the program ends, or until the limit.</summary>
    public async Task WaitUntilAsync(Func<Task<bool>> condition, CancellationToken cancellationToken)
    {
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < Limit && !process.HasExited; await Task.Delay(25, cancellationToken))
        {
            try
            {
                if (await condition())
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // Nobody listens there at this moment.
            }
        }

        var state = "was not ready in time";
        if (process.HasExited)
        {
            await process.WaitForExitAsync(cancellationToken); // for the rest of what it wrote
            state = $"ended with {process.ExitCode}";
        }

        throw new InvalidOperationException($"{process.StartInfo.FileName} {state}. It wrote:\n{Output}");
    }

    public ValueTask DisposeAsync()
    {
        AppDomain.CurrentDomain.ProcessExit -= End;
        terminated.Dispose();
        End();
        process.Dispose();
        return ValueTask.CompletedTask;
    }

    private static async Task<bool> AnswersAsync(Uri address, CancellationToken cancellationToken)
    {
        using var answer = await Http.GetAsync(address, cancellationToken);
        return true;
    }

    private static Process Launch(ProcessStartInfo start)
    {
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.Environment["HOME"] = start.WorkingDirectory;
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception notFound)
        {
            Directory.Delete(start.WorkingDirectory, recursive: true);
            throw new InvalidOperationException($"{start.FileName} is not installed. Install it with tests/run.sh.", notFound);
        }
    }

    private void End(object? sender = null, EventArgs? exit = null)
    {
        process.Kill(entireProcessTree: true);
        process.WaitForExit();
        Directory.Delete(process.StartInfo.WorkingDirectory, recursive: true);
    }
}
