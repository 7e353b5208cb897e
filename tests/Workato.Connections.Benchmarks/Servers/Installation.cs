using System.Diagnostics;

namespace Workato.Connections.Benchmarks.Servers;

/// <summary>The product as an operator sets it up: a Release build, a certificate, settings. All its files go with this object.</summary>
internal sealed class Installation : IDisposable
{
    private const string Token = "benchmark-token-0123456789-0123456789";

    private readonly string program;

    private Installation(string program) => this.program = program;

    public string Directory { get; } = System.IO.Directory.CreateTempSubdirectory("connections-bench-").FullName;

    public string Certificate => Path.Combine(Directory, "key-encryption.pfx");

    public static async Task<Installation> MakeAsync(string program)
    {
        var installation = new Installation(program);
        await installation.RunAsync("make-certificate", installation.Certificate);
        return installation;
    }

    public Task MigrateAsync(string database) => RunAsync(database, ["migrate"]);

    /// <summary>Makes another certificate beside the first.</summary>
    public async Task<string> MakeCertificateAsync(string name)
    {
        var path = Path.Combine(Directory, name);
        await RunAsync("make-certificate", path);
        return path;
    }

    /// <summary>Starts the server on a database; an empty text is SQLite. Returns once it answers an API client.</summary>
    public async Task<ServerProcess> StartAsync(string database, string data = "data", params (string Name, string Value)[] otherwise)
    {
        var server = Begin(database, data, otherwise);
        await server.FirstAnswerAsync("api/users/me", Token);
        return server;
    }

    /// <summary>Starts the server and tells when it first said that it lives, and when it first answered an API client.</summary>
    public async Task<(TimeSpan Live, TimeSpan Answer)> TimeStartAsync(string database, string data)
    {
        using var server = Begin(database, data);
        return (await server.FirstAnswerAsync("health/live"), await server.FirstAnswerAsync("api/users/me", Token));
    }

    /// <summary>An API client's HTTP client.</summary>
    public static HttpClient Client(ServerProcess server) => new(new SocketsHttpHandler { UseProxy = false })
    {
        BaseAddress = server.Address,
        DefaultRequestHeaders = { Authorization = new("Bearer", Token) },
    };

    public void Dispose() => System.IO.Directory.Delete(Directory, recursive: true);

    /// <summary>Runs a command under other settings; how it ended and what it wrote.</summary>
    public async Task<(int Code, string Output)> TryAsync(string database, string command, params (string Name, string Value)[] otherwise)
    {
        var start = new ProcessStartInfo("dotnet", [program, command]) { WorkingDirectory = Path.GetDirectoryName(program)!, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in Settings(database, "data", otherwise)) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var written = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, string.Concat(written));
    }

    private ServerProcess Begin(string database, string data, params (string Name, string Value)[] otherwise) => ServerProcess.Start(program, [], Settings(database, data, otherwise));

    private Task RunAsync(params string[] command) => RunAsync("", command);

    private async Task RunAsync(string database, string[] command)
    {
        var start = new ProcessStartInfo("dotnet", [program, .. command]) { WorkingDirectory = Path.GetDirectoryName(program)!, RedirectStandardOutput = true };
        foreach (var (name, value) in Settings(database, "data")) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"'{command[0]}' ended with {process.ExitCode}: {output}");
    }

    private Dictionary<string, string> Settings(string database, string data, params (string Name, string Value)[] otherwise)
    {
        var settings = new Dictionary<string, string>
        {
            ["Database__ConnectionString"] = database,
            ["DataDirectory"] = Path.Combine(Directory, data),
            ["KeyEncryption__CertificatePath"] = Certificate,
            ["Egress__AllowedNetworks"] = "127.0.0.0/8",
            ["Bootstrap__ApiToken"] = Token,
        };
        foreach (var (name, value) in otherwise) settings[name] = value;
        return settings;
    }
}
