using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Workato.Connections.Benchmarks.Servers;

/// <summary>A server on a loopback port in a process of its own, which ends with this object, or with this program.</summary>
internal sealed class ServerProcess : IDisposable
{
    // A start takes two or three seconds; on a machine that does much else, or starts many at once, a multiple.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);
    private static readonly HttpClient Http = new(new SocketsHttpHandler { UseProxy = false });

    private readonly Process process;
    private readonly ConcurrentQueue<string?> output = new();

    private ServerProcess(ProcessStartInfo start, Uri address)
    {
        Address = address;
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        Clock = Stopwatch.StartNew();
        process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => output.Enqueue(line.Data);
        process.ErrorDataReceived += (_, line) => output.Enqueue(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        AppDomain.CurrentDomain.ProcessExit += End;
    }

    public Uri Address { get; }

    /// <summary>The time since the process was started.</summary>
    public Stopwatch Clock { get; }

    /// <summary>What it has written so far, by lines.</summary>
    public IReadOnlyList<string> Output => [.. output.OfType<string>()];

    /// <summary>What its threads have computed so far, whoever else was using the machine.</summary>
    public TimeSpan Computed
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    /// <summary>Stops it in the middle of whatever it does (SIGSTOP); nothing of it is lost.</summary>
    public Task PauseAsync() => SignalAsync("STOP");

    /// <summary>Lets it go on (SIGCONT).</summary>
    public Task ResumeAsync() => SignalAsync("CONT");

    /// <summary>Asks it to end (SIGTERM), and waits until it has.</summary>
    public async Task StopAsync()
    {
        await SignalAsync("TERM");
        await process.WaitForExitAsync();
    }

    /// <summary>Ends it without a chance to tidy up (SIGKILL).</summary>
    public void Kill() => End(null, EventArgs.Empty);

    /// <summary>Starts a program of ours, on a port nobody listens on. It is not answering yet.</summary>
    public static ServerProcess Start(string program, string[] args, IEnumerable<KeyValuePair<string, string>> settings)
    {
        var address = FreeAddress();
        var start = new ProcessStartInfo("dotnet", [program, .. args]) { WorkingDirectory = Path.GetDirectoryName(program)! };
        foreach (var (name, value) in settings) start.Environment[name] = value;
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        start.Environment["ASPNETCORE_URLS"] = start.Environment["URLS"] = address.AbsoluteUri;
        return new(start, address);
    }

    /// <summary>Starts one of the floors in this program and waits until it answers.</summary>
    public static async Task<ServerProcess> StartFloorAsync(string floor, params string[] args)
    {
        var server = Start(typeof(ServerProcess).Assembly.Location, ["floor", floor, .. args], []);
        await server.FirstAnswerAsync("");
        return server;
    }

    /// <summary>Asks until the answer is a success; the time since the start of the process.</summary>
    public async Task<TimeSpan> FirstAnswerAsync(string path, string? token = null)
    {
        while (Clock.Elapsed < Limit && !process.HasExited)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Address, path));
            if (token is not null) request.Headers.Authorization = new("Bearer", token);
            try
            {
                using var answer = await Http.SendAsync(request);
                if (answer.IsSuccessStatusCode) return Clock.Elapsed;
            }
            catch (HttpRequestException)
            {
                // Nobody listens there yet.
            }

            await Task.Delay(2);
        }

        End(null, EventArgs.Empty);
        throw new InvalidOperationException($"{process.StartInfo.ArgumentList[0]} was not answering {path}. It wrote:\n{string.Join('\n', output)}");
    }

    /// <summary>What the system holds in memory for it: now, and at its height.</summary>
    public Memory Memory()
    {
        var status = File.ReadLines($"/proc/{process.Id}/status").Select(line => line.Split(':')).ToDictionary(line => line[0], line => line[1]);
        return new(Megabytes(status["VmRSS"]), Megabytes(status["VmHWM"]));
    }

    public void Dispose()
    {
        AppDomain.CurrentDomain.ProcessExit -= End;
        End(null, EventArgs.Empty);
        process.Dispose();
    }

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
        if (kill.ExitCode != 0) throw new InvalidOperationException($"kill -{signal} ended with {kill.ExitCode}.");
    }

    // "\t  123456 kB"
    private static double Megabytes(string text) => int.Parse(text.Trim().Split(' ')[0], CultureInfo.InvariantCulture) / 1024.0;

    private static Uri FreeAddress()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return new($"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/");
    }

    private void End(object? sender, EventArgs exit)
    {
        if (!process.HasExited) process.Kill();
        process.WaitForExit();
    }
}

/// <summary>Resident memory in megabytes.</summary>
internal sealed record Memory(double Now, double AtItsHeight);
