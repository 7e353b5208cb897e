using System.Diagnostics;
using System.Runtime.InteropServices;
using Npgsql;

namespace Workato.Connections.Tests.Support;

/// <summary>
/// A PostgreSQL server of its own for one run of a test project, on a free port of 127.0.0.1. A test class takes it
/// as a constructor argument. It starts with the first database asked for, so a run that needs none pays nothing,
/// and is gone with its files when the run ends.
/// </summary>
public sealed class PostgresCluster : IAsyncDisposable
{
    private readonly Lazy<Task<int>> port;
    private string? directory;
    private PosixSignalRegistration? terminated;

    public PostgresCluster() => port = new(() => Task.Run(Start));

    /// <summary>Makes an empty database nobody else uses and returns its Npgsql connection string.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        var name = $"test_{Guid.NewGuid():N}";
        await using var connection = new NpgsqlConnection(ConnectionString(await port.Value, "postgres"));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"CREATE DATABASE {name}", connection);
        await command.ExecuteNonQueryAsync();
        return ConnectionString(await port.Value, name);
    }

    public async ValueTask DisposeAsync()
    {
        if (port.IsValueCreated)
        {
            await ((Task)port.Value).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            terminated?.Dispose();
            Stop();
        }
    }

    // Every test has a database and so a pool: idle connections go early, or the server would run out of them.
    private static string ConnectionString(int port, string database) =>
        $"Host=127.0.0.1;Port={port};Username=postgres;Database={database};Connection Idle Lifetime=5;Connection Pruning Interval=1";

    private int Start()
    {
        var programs = FindPrograms();
        directory = Run("mktemp", "-d", "/tmp/connections-postgres-XXXXXX").Trim();

        // A test run that is broken off disposes nothing.
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Stop();
        terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ => Stop());

        Run($"{programs}/initdb", "-D", $"{directory}/data", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync");
        for (var attempt = 1; ; attempt++)
        {
            // From below the range Linux hands out by itself. If the port is taken, the start fails and another one is tried.
            var candidate = Random.Shared.Next(20000, 32000);
            var options = $"-p {candidate} -c listen_addresses=127.0.0.1 -c unix_socket_directories={directory} "
                + "-c max_connections=200 -c fsync=off -c synchronous_commit=off -c full_page_writes=off";
            try
            {
                Run($"{programs}/pg_ctl", "-D", $"{directory}/data", "-l", $"{directory}/log", "-w", "-o", options, "start");
                return candidate;
            }
            catch (InvalidOperationException refused) when (attempt == 5)
            {
                throw new InvalidOperationException($"{refused.Message}\n{File.ReadAllText($"{directory}/log")}", refused);
            }
            catch (InvalidOperationException)
            {
            }
        }
    }

    private void Stop()
    {
        if (Interlocked.Exchange(ref directory, null) is { } mine)
        {
            if (File.Exists($"{mine}/data/postmaster.pid"))
            {
                Run($"{FindPrograms()}/pg_ctl", "-D", $"{mine}/data", "-w", "-m", "immediate", "stop");
            }

            Directory.Delete(mine, recursive: true);
        }
    }

    /// <summary>Debian keeps the server's programs off the PATH, one directory a version.</summary>
    private static string FindPrograms() =>
        Enumerable.Range(10, 90).Reverse()
            .Select(version => $"/usr/lib/postgresql/{version}/bin")
            .FirstOrDefault(programs => File.Exists($"{programs}/initdb"))
        ?? throw new InvalidOperationException("PostgreSQL is not installed (no /usr/lib/postgresql/*/bin/initdb). Install it with tests/run.sh.");

    /// <summary>PostgreSQL refuses to run as root, so root does all this as the user postgres.</summary>
    private static string Run(params string[] command)
    {
        string[] all = Environment.IsPrivilegedProcess ? ["runuser", "-u", "postgres", "--", .. command] : command;
        using var process = Process.Start(new ProcessStartInfo(all[0], all[1..])
        {
            WorkingDirectory = "/",
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException($"{string.Join(' ', all)} ended with {process.ExitCode}: {output}{errors.Result}");
    }
}
