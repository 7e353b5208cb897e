using System.Globalization;
using System.Text.Json;
using Npgsql;
using Workato.Connections.Benchmarks.Refresh;
using Workato.Connections.Benchmarks.Servers;
using Workato.Connections.Secrets;

namespace Workato.Connections.Benchmarks.Rotation;

/// <summary>The connections that are called, many more that are only there to be sealed anew, and what can be seen of a rotation.</summary>
internal sealed class RotationScene(Installation installation, string database, Uri app) : IAsyncDisposable
{
    public const int Called = 400;
    public const int Resting = 20_000;

    // The class of advisory locks by which nodes see each other; the lock's object is the number in a lease's name.
    private const string Worker = """
        SELECT a.application_name FROM work_items w JOIN pg_locks l ON l.locktype = 'advisory' AND l.classid = 1464028740 AND l.objid = split_part(w.holder, ':', 1)::bigint::oid
            JOIN pg_stat_activity a ON a.pid = l.pid WHERE w.kind = 'key_rotation' AND w.holder IS NOT NULL
        """;

    private readonly NpgsqlDataSource source = NpgsqlDataSource.Create(database);

    /// <summary>Half by API key, half by tokens that live some seconds.</summary>
    public async Task<int[]> MakeAsync()
    {
        await using var library = new Library(database, installation.Certificate, installation.Directory);
        var ids = new int[Called];
        await Parallel.ForAsync(0, Called, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (i, _) => ids[i] = i % 2 == 0
            ? await library.ConnectAsync(app, new() { AccessToken = new("sat_gone"), RefreshToken = new($"srt_{i}"), IssuedAt = DateTimeOffset.UtcNow.AddHours(-2), ExpiresAt = DateTimeOffset.UtcNow.AddHours(-1) })
            : await library.ConnectWithKeyAsync(app, string.Create(CultureInfo.InvariantCulture, $"key-{i}")));
        await AddRestingAsync(library.Services.GetRequiredService<CredentialProtector>());
        return ids;
    }

    /// <summary>The name of the node that works on the rotation; null: none at the moment.</summary>
    public async Task<string?> WorkerAsync()
    {
        await using var command = source.CreateCommand(Worker);
        return await command.ExecuteScalarAsync() as string;
    }

    public static async Task<JsonElement> StartAsync(HttpClient api, string kind)
    {
        using var answer = await api.PostAsJsonAsync(new Uri("api/key_rotations", UriKind.Relative), new { kind });
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode ? JsonSerializer.Deserialize<JsonElement>(text) : throw new InvalidOperationException($"The rotation does not begin: {text}");
    }

    /// <summary>How far the last rotation is, out of the database: whichever nodes are up.</summary>
    public async Task<(long Done, long Total, bool IsFinished)> ProgressAsync()
    {
        await using var command = source.CreateCommand("SELECT done, total, finished_at IS NOT NULL FROM key_rotations ORDER BY id DESC LIMIT 1");
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        return (reader.GetInt64(0), reader.GetInt64(1), reader.GetBoolean(2));
    }

    public async Task FinishAsync()
    {
        var until = DateTime.UtcNow.AddMinutes(5);
        while (!(await ProgressAsync()).IsFinished)
        {
            if (DateTime.UtcNow > until) throw new TimeoutException("The rotation does not end.");
            await Task.Delay(200);
        }
    }

    /// <summary>Asked of the database itself: sealed cells that are not under this key.</summary>
    public async Task<long> CountOthersAsync(Guid key)
    {
        var left = 0L;
        foreach (var column in Operating.SealedColumn.All)
        {
            await using var count = source.CreateCommand($"SELECT count(*) FROM {column.Table} WHERE {column.Name} IS NOT NULL AND substr({column.Name}, 5, 16) <> $1");
            count.Parameters.Add(new() { Value = key.ToByteArray() });
            left += (long)(await count.ExecuteScalarAsync())!;
        }

        return left;
    }

    public async Task<List<string?>> WrappedByAsync()
    {
        await using var command = source.CreateCommand("SELECT xml FROM data_protection_keys");
        await using var reader = await command.ExecuteReaderAsync();
        var found = new List<string?>();
        while (await reader.ReadAsync()) found.Add(KeyWrapping.WrappedBy(reader.GetString(0)));
        return found;
    }

    public ValueTask DisposeAsync() => source.DisposeAsync();

    private async Task AddRestingAsync(CredentialProtector protector)
    {
        const string Insert = """
            INSERT INTO connections (id, name, provider, folder_id, sign_in_by, settings, sealed_secrets, credential_version, account_kind, environment, created_at, updated_at)
            SELECT nextval(pg_get_serial_sequence('connections', 'id')), 'Resting', 'rest', (SELECT id FROM folders WHERE parent_id IS NULL LIMIT 1), 'headers', '{}', NULL, 1, 'Dedicated', 'Production', now(), now()
            FROM generate_series(1, $1) RETURNING id
            """;
        var ids = new List<int>();
        await using (var insert = source.CreateCommand(Insert))
        {
            insert.Parameters.Add(new() { Value = Resting });
            await using var reader = await insert.ExecuteReaderAsync();
            while (await reader.ReadAsync()) ids.Add(reader.GetInt32(0));
        }

        await using var update = source.CreateCommand("UPDATE connections c SET sealed_secrets = s.sealed FROM unnest($1, $2) AS s(id, sealed) WHERE c.id = s.id");
        update.Parameters.Add(new() { Value = ids.ToArray() });
        update.Parameters.Add(new() { Value = ids.Select(id => protector.Seal(id, new Dictionary<string, Secret> { ["headers"] = new($"X-Key: {id}") })).ToArray() });
        await update.ExecuteNonQueryAsync();
        await using var analyze = source.CreateCommand("VACUUM ANALYZE connections");
        await analyze.ExecuteNonQueryAsync();
    }
}
