using Workato.Connections.Tests.Support;

namespace Workato.Connections.Tests.Operating;

/// <summary>Every secret that cannot be opened is named, with the reason.</summary>
public abstract class SecretCheckTests(Workspace workspace) : RotationScene(workspace)
{
    [Fact]
    public async Task Nothing_is_said_where_everything_opens()
    {
        await ConnectAsync(3);

        (await CheckAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_altered_one_is_named()
    {
        var id = (await ConnectAsync(2))[1];
        var secrets = (await Workspace.RowAsync(id))!.SealedSecrets!;
        secrets[^1] ^= 1;
        await AlterAsync(id, secrets);

        (await CheckAsync()).ShouldHaveSingleItem().ShouldBe(new("connections.sealed_secrets", id, "altered, or moved here from another row"));
    }

    [Fact]
    public async Task One_copied_from_another_row_is_named_with_that_row()
    {
        var ids = await ConnectAsync(2);
        await AlterAsync(ids[1], (await Workspace.RowAsync(ids[0]))!.SealedSecrets!);

        (await CheckAsync()).ShouldHaveSingleItem().ShouldBe(
            new("connections.sealed_secrets", ids[1], $"moved: the same stands in row {ids[0]}, for which it was sealed or from where it was copied"));
    }

    [Fact]
    public async Task One_whose_key_is_gone_is_named_with_the_key()
    {
        var id = (await ConnectAsync(1)).Single();
        var secrets = (await Workspace.RowAsync(id))!.SealedSecrets!;
        var key = Guid.NewGuid();
        key.TryWriteBytes(secrets.AsSpan(4));
        await AlterAsync(id, secrets);

        (await CheckAsync()).ShouldHaveSingleItem().ShouldBe(new("connections.sealed_secrets", id, $"its data key {key} is gone from data_protection_keys"));
        (await KeysAsync()).Single(k => !k.IsThere).ShouldSatisfyAllConditions(k => k.Id.ShouldBe(key), k => k.Secrets.ShouldBe(1));
    }

    [Fact]
    public async Task What_is_no_seal_at_all_is_named()
    {
        var id = (await ConnectAsync(1)).Single();
        await AlterAsync(id, [1, 2, 3]);

        (await CheckAsync()).ShouldHaveSingleItem().ShouldBe(new("connections.sealed_secrets", id, "altered: it does not begin as what is sealed does"));
    }

    [Fact]
    public async Task More_rows_than_are_read_at_once_are_all_read()
    {
        var ids = await ConnectAsync(501);
        await AlterAsync(ids[^1], [1]);

        (await CheckAsync()).ShouldHaveSingleItem().Id.ShouldBe(ids[^1]);
    }
}

public sealed class SecretCheckOnSqlite() : SecretCheckTests(new SqliteWorkspace());

public sealed class SecretCheckOnPostgres(PostgresCluster cluster) : SecretCheckTests(new PostgresWorkspace(cluster));
