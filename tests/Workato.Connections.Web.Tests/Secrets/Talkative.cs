using System.Text;
using Microsoft.Data.Sqlite;
using Npgsql;
using Workato.Connections.Tests.Support;
using Workato.Connections.Web.Tests.Support;

namespace Workato.Connections.Web.Tests.Secrets;

/// <summary>A server that logs all there is to log, and whose data can be read past it.</summary>
public interface ITalkative
{
    Product Product { get; }

    /// <summary>Everything the database holds, as bytes read as Latin-1.</summary>
    Task<string> DumpAsync();
}

/// <summary>On SQLite.</summary>
public sealed class TalkativeOnSqlite : ProductOnSqlite, ITalkative
{
    public TalkativeOnSqlite() => Talk.LoudAs(this);

    public Product Product => this;

    public async Task<string> DumpAsync()
    {
        SqliteConnection.ClearAllPools();
        var bytes = new StringBuilder();
        foreach (var file in System.IO.Directory.EnumerateFiles(Directory, "connections.db*"))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var reader = new StreamReader(stream, Encoding.Latin1);
            bytes.Append(await reader.ReadToEndAsync());
        }

        return bytes.ToString();
    }
}

/// <summary>On PostgreSQL.</summary>
public sealed class TalkativeOnPostgres : ProductOnPostgres, ITalkative
{
    public TalkativeOnPostgres(PostgresCluster cluster)
        : base(cluster) => Talk.LoudAs(this);

    public Product Product => this;

    public async Task<string> DumpAsync()
    {
        await using var source = NpgsqlDataSource.Create(Settings["Database:ConnectionString"]);
        var tables = await ReadAsync(source, "SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public'");
        var rows = new StringBuilder();
        foreach (var table in tables) rows.AppendJoin('\n', await ReadAsync(source, $"SELECT t::text FROM {table} t"));
        return rows.ToString();
    }

    private static async Task<List<string>> ReadAsync(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        var found = new List<string>();
        while (await reader.ReadAsync()) found.Add(reader.GetString(0));
        return found;
    }
}

internal static class Talk
{
    public static void LoudAs(Product product)
    {
        product.AddOAuthDesk();
        foreach (var source in new[] { "Microsoft", "Microsoft.Hosting.Lifetime", "System.Net.Http", "Yarp" }) product.Settings["Serilog:MinimumLevel:Override:" + source] = "Verbose";
    }
}
