using Npgsql;

namespace Workato.Connections.Benchmarks.Servers;

/// <summary>Connections that are only there to be listed and read.</summary>
internal static class SeededRows
{
    public const int Count = 10_000;

    /// <summary>Many small folders' worth of rows is not needed: the list is read by id.</summary>
    private const string Insert = """
        INSERT INTO connections (name, provider, folder_id, sign_in_by, settings, sealed_secrets, credential_version, status,
            authorized_at, tested_at, identity, account_kind, environment, created_at, updated_at)
        SELECT 'Seeded ' || n, 'rest', (SELECT id FROM folders WHERE parent_id IS NULL), 'headers',
            '{"base_uri":"https://api.example.com/v1"}', decode(repeat('0a1b2c3d', 60), 'hex'), 1, 'Success',
            now(), now(), 'integration@example.com', 'Dedicated', 'Production', now(), now()
        FROM generate_series(1, $1) n
        """;

    public static async Task AddAsync(string database)
    {
        await using var source = NpgsqlDataSource.Create(database);
        await using (var insert = source.CreateCommand(Insert))
        {
            insert.Parameters.Add(new() { Value = Count });
            await insert.ExecuteNonQueryAsync();
        }

        await using var analyze = source.CreateCommand("VACUUM ANALYZE connections");
        await analyze.ExecuteNonQueryAsync();
    }
}
