using System.Xml.Linq;
using Microsoft.EntityFrameworkCore;
using Workato.Connections.Secrets;
using Workato.Connections.Tests.Support;

namespace Workato.Connections.Tests.Secrets;

/// <summary>Each test has a database of its own: it is the start that is tested.</summary>
public abstract class KeyRingGuardTests(Workspace workspace) : IAsyncLifetime
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => workspace.InitializeAsync();

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return workspace.DisposeAsync();
    }

    [Fact]
    public async Task The_first_start_founds_a_key_ring_and_its_canary()
    {
        (await KeysAsync()).Length.ShouldBe(1);
        (await CanariesAsync()).Length.ShouldBe(1);
    }

    [Fact]
    public async Task The_key_ring_in_the_database_holds_no_plain_master_key()
    {
        var xml = XDocument.Parse((await KeysAsync()).Single());

        xml.Descendants().Select(e => e.Name.LocalName).ShouldNotContain("masterKey");
        xml.Descendants().Select(e => e.Name.LocalName).ShouldContain("EncryptedData");
    }

    [Fact]
    public async Task A_second_start_with_the_same_certificate_changes_nothing()
    {
        var before = await RowsAsync();

        await Workspace.PrepareAsync(workspace.StartNode());

        (await RowsAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task A_second_node_opens_what_the_first_one_sealed()
    {
        var sealedByFirst = Protector(workspace.Services).Seal(7, new Dictionary<string, Secret> { ["key"] = new("k-1") });

        var other = workspace.StartNode();
        await Workspace.PrepareAsync(other);

        Protector(other).Open(7, sealedByFirst).ShouldNotBeNull()["key"].Reveal().ShouldBe("k-1");
    }

    [Fact]
    public async Task A_start_with_another_certificate_is_refused_with_what_to_set()
    {
        using var another = TestCertificate.Make();

        var refused = await Should.ThrowAsync<StartRefusedException>(() => Workspace.PrepareAsync(workspace.StartNode(another)));

        refused.Message.ShouldBe(
            "The credentials in this database were sealed under another certificate than the one given. Nothing was changed. "
            + "Set KeyEncryption__CertificatePath and KeyEncryption__CertificatePassword to the certificate in use before, or restore it beside the database.");
    }

    [Fact]
    public async Task A_refused_start_changes_nothing_in_the_database()
    {
        using var another = TestCertificate.Make();
        var before = await RowsAsync();

        await Should.ThrowAsync<StartRefusedException>(() => Workspace.PrepareAsync(workspace.StartNode(another)));

        (await RowsAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task After_a_refused_start_the_right_certificate_still_starts()
    {
        using var another = TestCertificate.Make();
        await Should.ThrowAsync<StartRefusedException>(() => Workspace.PrepareAsync(workspace.StartNode(another)));

        await Should.NotThrowAsync(() => Workspace.PrepareAsync(workspace.StartNode()));
    }

    [Fact]
    public async Task A_start_on_a_database_whose_keys_were_deleted_is_refused()
    {
        await workspace.DbAsync(db => db.DataProtectionKeys.ExecuteDeleteAsync(Cancel));

        await Should.ThrowAsync<StartRefusedException>(() => Workspace.PrepareAsync(workspace.StartNode()));
    }

    [Fact]
    public async Task A_start_on_a_database_whose_keys_were_deleted_makes_no_new_ones()
    {
        await workspace.DbAsync(db => db.DataProtectionKeys.ExecuteDeleteAsync(Cancel));

        await Should.ThrowAsync<StartRefusedException>(() => Workspace.PrepareAsync(workspace.StartNode()));

        (await KeysAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_start_with_an_altered_canary_is_refused()
    {
        await workspace.DbAsync(db => db.Set<KeyRingCanary>().ExecuteUpdateAsync(set => set.SetProperty(c => c.Sealed, new byte[] { 1, 2, 3 }), Cancel));

        await Should.ThrowAsync<StartRefusedException>(() => Workspace.PrepareAsync(workspace.StartNode()));
    }

    private static CredentialProtector Protector(IServiceProvider node) => (CredentialProtector)node.GetService(typeof(CredentialProtector))!;

    private async Task<string[]> RowsAsync() => [.. await KeysAsync(), .. await CanariesAsync()];

    private Task<string[]> KeysAsync() => workspace.DbAsync(db => db.DataProtectionKeys.OrderBy(k => k.Id).Select(k => k.Xml!).ToArrayAsync(Cancel));

    private Task<string[]> CanariesAsync() => workspace.DbAsync(async db =>
        (await db.Set<KeyRingCanary>().ToArrayAsync(Cancel)).Select(c => Convert.ToHexString(c.Sealed)).ToArray());
}

public sealed class KeyRingGuardOnSqlite() : KeyRingGuardTests(new SqliteWorkspace());

public sealed class KeyRingGuardOnPostgres(PostgresCluster cluster) : KeyRingGuardTests(new PostgresWorkspace(cluster));
