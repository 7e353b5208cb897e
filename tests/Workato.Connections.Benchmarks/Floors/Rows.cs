using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Npgsql;

namespace Workato.Connections.Benchmarks.Floors;

/// <summary>The product's own table through Npgsql alone: the same columns, joins and JSON, one statement a request.</summary>
internal sealed class Rows(NpgsqlDataSource database, IDataProtector protector, HttpClient upstream)
{
    private const string Select = """
        SELECT c.id, c.name, c.description, c.provider, c.folder_id, f.name, f.project_id, p.name, c.parent_id, c.external_id, c.sign_in_by,
            c.settings, c.sealed_secrets IS NOT NULL, c.status, c.error, c.authorized_at, c.tested_at, c.identity, c.lost_at, c.lost_reason,
            c.account_kind, c.environment, c.created_at, c.updated_at
        FROM connections c JOIN folders f ON f.id = c.folder_id JOIN projects p ON p.id = f.project_id
        """;

    private const string Insert = """
        INSERT INTO connections (name, provider, folder_id, sign_in_by, settings, sealed_secrets, credential_version, account_kind, environment, created_at, updated_at)
        VALUES ($1, $2, 1, 'headers', $3, $4, 1, 'Dedicated', 'Production', $5, $5) RETURNING id
        """;

    public static Action<WebApplication> Add(WebApplicationBuilder builder, string database, string upstream)
    {
        builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();
        return app =>
        {
            var protector = app.Services.GetRequiredService<IDataProtectionProvider>().CreateProtector("floor");
            var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new(upstream) };
            var rows = new Rows(NpgsqlDataSource.Create(database), protector, client);
            app.MapGet("/", () => "here");
            app.MapGet("/rows", (int? before) => rows.ListAsync(before ?? int.MaxValue));
            app.MapGet("/rows/{id:int}", rows.FindAsync);
            app.MapPost("/rows", rows.AddAsync);
        };
    }

    private async Task<List<Row>> ListAsync(int before)
    {
        await using var command = database.CreateCommand($"{Select} WHERE c.id < $1 ORDER BY c.id DESC LIMIT 50");
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = before });
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<Row>(50);
        while (await reader.ReadAsync()) rows.Add(Read(reader));
        return rows;
    }

    private async Task<Row> FindAsync(int id)
    {
        await using var command = database.CreateCommand($"{Select} WHERE c.id = $1");
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = id });
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        return Read(reader);
    }

    private async Task<int> AddAsync(NewRow row)
    {
        if (!row.ShellConnection)
        {
            using var answer = await upstream.GetAsync(new Uri("me", UriKind.Relative));
            answer.EnsureSuccessStatusCode();
        }

        var secret = row.Input["header_pair"];
        row.Input.Remove("header_pair");
        await using var command = database.CreateCommand(Insert);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = row.Name });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = row.Provider });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = JsonSerializer.Serialize(row.Input) });
        command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = protector.Protect(JsonSerializer.SerializeToUtf8Bytes(secret)) });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = DateTime.UtcNow });
        return (int)(await command.ExecuteScalarAsync())!;
    }

    private static Row Read(NpgsqlDataReader r) => new(
        r.GetInt32(0), r.GetString(1), Text(r, 2), r.GetString(3), r.GetInt32(4), r.GetString(5), r.GetInt32(6), r.GetString(7),
        r.IsDBNull(8) ? null : r.GetInt32(8), Text(r, 9), r.GetString(10), JsonSerializer.Deserialize<Dictionary<string, string>>(r.GetString(11))!, r.GetBoolean(12),
        Text(r, 13), Text(r, 14), Time(r, 15), Time(r, 16), Text(r, 17), Time(r, 18), Text(r, 19), r.GetString(20), r.GetString(21), r.GetDateTime(22), r.GetDateTime(23));

    private static string? Text(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    private static DateTime? Time(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetDateTime(column);

    private sealed record Row(
        int Id, string Name, string? Description, string Provider, int FolderId, string FolderName, int ProjectId, string ProjectName, int? ParentId, string? ExternalId,
        string SignInBy, Dictionary<string, string> Settings, bool HasCredentials, string? Status, string? Error, DateTime? AuthorizedAt, DateTime? TestedAt,
        string? Identity, DateTime? LostAt, string? LostReason, string AccountKind, string Environment, DateTime CreatedAt, DateTime UpdatedAt);

    private sealed record NewRow(string Name, string Provider, bool ShellConnection, Dictionary<string, string> Input);
}
