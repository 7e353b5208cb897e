using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Workato.Connections.Data;
using Workato.Connections.Secrets;
using Workato.Connections.Tests.Support;
using Workato.Connections.Web.Tests.Support;

namespace Workato.Connections.Web.Tests.Operating;

/// <summary>A backup of database and certificate, taken while the server runs, is restored beside it and called through, as docs/operations.md says.</summary>
public abstract class BackupTests(Product product)
{
    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected Product Product => product;

    protected string Elsewhere { get; } = Path.Combine(product.Directory, $"restored-{Guid.NewGuid():N}");

    [Fact]
    public async Task A_restored_backup_answers_calls_through_its_connections()
    {
        var made = await product.CreateAsync("sample_app", new { auth_type = "api_key", api_key = "sample-key-bot" });
        await RestoreAsync();

        (await ProductCommand.RunAsync("verify", Elsewhere, Settings())).Code.ShouldBe(0);
        var others = Settings().Append(("DataDirectory", Elsewhere)).ToDictionary(s => s.Item1.Replace("__", ":", StringComparison.Ordinal), s => s.Item2);
        var before = product.Settings.ToDictionary();
        foreach (var (name, value) in others) product.Settings[name] = value;
        await using var restored = product.AnotherNode();
        foreach (var name in others.Keys) product.Settings.Remove(name);
        foreach (var (name, value) in before) product.Settings[name] = value;
        using var api = restored.Api();
        (await api.ReadAsync($"/api/connections/{made["id"]}/call/api/me")).Ok();
    }

    [Fact]
    public async Task A_restored_database_is_not_started_with_another_certificate()
    {
        await RestoreAsync();
        var wrong = Path.Combine(Elsewhere, "wrong.pfx");
        KeyEncryptionCertificate.Create(wrong, null);

        var (code, output) = await ProductCommand.RunAsync("migrate", Elsewhere, [.. Settings(), ("KeyEncryption__CertificatePath", wrong), ("KeyEncryption__CertificatePassword", "")]);

        code.ShouldBe(1, output);
        output.ShouldContain("sealed under another certificate than the one given. Nothing was changed");
    }

    [Fact]
    public async Task Verify_names_the_row_that_cannot_be_opened_and_says_so_by_its_exit_code()
    {
        var made = await product.CreateAsync("sample_app", new { auth_type = "api_key", api_key = "sample-key-bot" });
        await using (var scope = product.Services.CreateAsyncScope())
        {
            var id = made["id"]!.GetValue<int>();
            await scope.ServiceProvider.GetRequiredService<ConnectionsDbContext>().Connections.Where(c => c.Id == id)
                .ExecuteUpdateAsync(set => set.SetProperty(c => c.SealedSecrets, new byte[] { 1, 2, 3 }), Cancel);
        }

        await RestoreAsync();
        (await product.Api.RemoveAsync($"/api/connections/{made["id"]}")).Ok();
        var (code, output) = await ProductCommand.RunAsync("verify", Elsewhere, Settings());

        code.ShouldBe(1, output);
        output.ShouldContain($"connections.sealed_secrets {made["id"]}: altered");
        output.ShouldContain("1 cannot be opened.");
    }

    /// <summary>Copies the running product's data to <see cref="Elsewhere"/>.</summary>
    protected abstract Task RestoreAsync();

    /// <summary>The settings of the restored one, but for its directory.</summary>
    protected abstract (string Name, string Value)[] Settings();
}

public sealed class BackupOnSqlite(ProductOnSqlite product) : BackupTests(product), IClassFixture<ProductOnSqlite>
{
    protected override async Task RestoreAsync()
    {
        Directory.CreateDirectory(Elsewhere);
        await using var database = new SqliteConnection($"Data Source={Path.Combine(Product.Directory, DatabaseSetup.SqliteFile)}");
        await database.OpenAsync(Cancel);
        await using var backup = database.CreateCommand();
        backup.CommandText = "VACUUM INTO $path";
        backup.Parameters.AddWithValue("$path", Path.Combine(Elsewhere, DatabaseSetup.SqliteFile));
        await backup.ExecuteNonQueryAsync(Cancel);
        File.Copy(Path.Combine(Product.Directory, "key-encryption.pfx"), Path.Combine(Elsewhere, "key-encryption.pfx"));
    }

    protected override (string Name, string Value)[] Settings() => [];
}

public sealed class BackupOnPostgres(ProductOnPostgres product, PostgresCluster cluster) : BackupTests(product), IClassFixture<ProductOnPostgres>
{
    private string restored = "";

    protected override async Task RestoreAsync()
    {
        Directory.CreateDirectory(Elsewhere);
        var (from, file) = (new NpgsqlConnectionStringBuilder(Product.Settings["Database:ConnectionString"]), Path.Combine(Elsewhere, "backup"));
        restored = await cluster.CreateDatabaseAsync();
        (await ToolAsync(from, "pg_dump", "--format=custom", "--file", file, from.Database!)).Code.ShouldBe(0);
        var (code, output) = await ToolAsync(from, "pg_restore", "--exit-on-error", "--no-owner", "--dbname", new NpgsqlConnectionStringBuilder(restored).Database!, file);
        code.ShouldBe(0, output);
    }

    protected override (string Name, string Value)[] Settings() =>
    [
        ("Database__ConnectionString", restored),
        ("KeyEncryption__CertificatePath", Product.Settings["KeyEncryption:CertificatePath"]),
        ("KeyEncryption__CertificatePassword", Product.Settings["KeyEncryption:CertificatePassword"]),
    ];

    private static Task<(int Code, string Output)> ToolAsync(NpgsqlConnectionStringBuilder server, string tool, params string[] arguments) =>
        ProductCommand.ProgramAsync(tool, ["--host", server.Host!, "--port", server.Port.ToString(System.Globalization.CultureInfo.InvariantCulture), "--username", server.Username!, .. arguments]);
}
