using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Workato.Connections.Data;
using Workato.Connections.Secrets;
using Workato.Connections.Tests.Support;

namespace Workato.Connections.Tests.Secrets;

/// <summary>The key ring of a node that runs.</summary>
public abstract class KeyRingsTests(Workspace workspace) : IAsyncLifetime
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => workspace.InitializeAsync();

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return workspace.DisposeAsync();
    }

    [Fact]
    public async Task Garbage_with_made_up_keys_does_not_make_it_read_the_ring_all_the_time()
    {
        var node = workspace.StartNode(configure: Counted);
        await Workspace.PrepareAsync(node);
        var counting = (CountingKeys)node.GetRequiredService<IKeyManager>();
        var (protector, one) = (node.GetRequiredService<CredentialProtector>(), Garbage());
        var before = counting.Reads;

        for (var i = 0; i < 500; i++) protector.Open(7, Garbage());
        for (var i = 0; i < 500; i++) protector.Open(7, one);

        (counting.Reads - before).ShouldBeLessThanOrEqualTo(10);
    }

    [Fact]
    public async Task Where_all_keys_vanish_under_it_a_node_goes_on_with_those_it_knows_and_makes_none()
    {
        var protector = workspace.Services.GetRequiredService<CredentialProtector>();
        var secret = protector.Seal(7, new Dictionary<string, Secret> { ["key"] = new("k") });
        await workspace.DbAsync(db => db.DataProtectionKeys.ExecuteDeleteAsync(Cancel));

        await workspace.Services.GetRequiredService<KeyRingWatch>().LookAsync(Cancel);

        protector.Open(7, secret).ShouldNotBeNull();
        (await KeysAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task A_key_that_cannot_be_opened_any_more_keeps_no_node_from_what_it_opened_before()
    {
        var protector = workspace.Services.GetRequiredService<CredentialProtector>();
        var secret = protector.Seal(7, new Dictionary<string, Secret> { ["key"] = new("k") });
        using var stranger = TestCertificate.Make();
        var both = workspace.StartNode(TestCertificate.Shared, other: stranger);
        await workspace.DbAsync(async db =>
        {
            var key = await db.DataProtectionKeys.SingleAsync(Cancel);
            key.Xml = both.GetRequiredService<KeyWrapping>().Wrap(key.Xml!, stranger.Thumbprint);
            return await db.SaveChangesAsync(Cancel);
        });

        await workspace.Services.GetRequiredService<KeyRingWatch>().LookAsync(Cancel);

        protector.Open(7, secret).ShouldNotBeNull();
        (await KeysAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task The_next_key_is_made_before_the_one_in_force_expires_and_once()
    {
        var watch = workspace.Services.GetRequiredService<KeyRingWatch>();
        workspace.Time.Advance(KeyMaker.Lifetime - TimeSpan.FromDays(3));
        await watch.LookAsync(Cancel);
        (await KeysAsync()).ShouldBe(1);

        workspace.Time.Advance(TimeSpan.FromDays(2));
        await watch.LookAsync(Cancel);
        await watch.LookAsync(Cancel);

        (await KeysAsync()).ShouldBe(2);
    }

    [Fact]
    public async Task An_announced_key_is_in_force_without_anything_being_asked()
    {
        var rings = workspace.Services.GetRequiredService<KeyRings>();
        var before = rings.Default.Id;
        workspace.Time.Advance(TimeSpan.FromSeconds(1));
        var (id, row) = workspace.Services.GetRequiredService<KeyMaker>().Make();
        await workspace.DbAsync(db =>
        {
            db.Add(row);
            return db.SaveChangesAsync(Cancel);
        });
        rings.Default.Id.ShouldBe(before);

        workspace.Services.GetRequiredService<ChangeFeed>().Announce(KeyRings.Table, row.Id);

        for (var until = DateTime.UtcNow.AddSeconds(20); rings.Default.Id != id && DateTime.UtcNow < until;) await Task.Delay(10, Cancel);
        rings.Default.Id.ShouldBe(id);
    }

    private static void Counted(IServiceCollection services)
    {
        var inner = services.Last(s => s.ServiceType == typeof(IKeyManager));
        services.AddSingleton<IKeyManager>(p => new CountingKeys((IKeyManager)ActivatorUtilities.CreateInstance(p, inner.ImplementationType!)));
    }

    private static byte[] Garbage()
    {
        byte[] garbage = [0x09, 0xF0, 0xC9, 0xF0, .. Guid.NewGuid().ToByteArray(), .. new byte[80]];
        return garbage;
    }

    private Task<int> KeysAsync() => workspace.DbAsync(db => db.DataProtectionKeys.CountAsync(Cancel));

    private sealed class CountingKeys(IKeyManager inner) : IKeyManager
    {
        private int reads;

        public int Reads => reads;

        public IKey CreateNewKey(DateTimeOffset activationDate, DateTimeOffset expirationDate) => inner.CreateNewKey(activationDate, expirationDate);

        public IReadOnlyCollection<IKey> GetAllKeys()
        {
            Interlocked.Increment(ref reads);
            return inner.GetAllKeys();
        }

        public CancellationToken GetCacheExpirationToken() => inner.GetCacheExpirationToken();

        public void RevokeKey(Guid keyId, string? reason = null) => inner.RevokeKey(keyId, reason);

        public void RevokeAllKeys(DateTimeOffset revocationDate, string? reason = null) => inner.RevokeAllKeys(revocationDate, reason);
    }
}

public sealed class KeyRingsOnSqlite() : KeyRingsTests(new SqliteWorkspace());

public sealed class KeyRingsOnPostgres(PostgresCluster cluster) : KeyRingsTests(new PostgresWorkspace(cluster));
