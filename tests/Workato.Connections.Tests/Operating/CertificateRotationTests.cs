using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.DependencyInjection;
using Workato.Connections.Operating;
using Workato.Connections.Secrets;
using Workato.Connections.Tests.Support;

namespace Workato.Connections.Tests.Operating;

/// <summary>The certificate that wraps the key ring is rotated by restarting nodes one by one.</summary>
public abstract class CertificateRotationTests(Workspace workspace) : RotationScene(workspace)
{
    private static readonly X509Certificate2 New = TestCertificate.Make();

    [Fact]
    public async Task In_the_end_every_key_is_wrapped_by_the_new_certificate_which_opens_everything_alone()
    {
        await ConnectAsync(2);
        await FinishAsync((await StartAsync()).Granted().Id);
        var both = await StartAsync(New, TestCertificate.Shared);

        var ended = await FinishAsync((await StartAsync(RotationKinds.Certificate, both)).Granted().Id, both);

        (ended.Done, ended.Unreadable, ended.Target).ShouldBe((2, 0, New.Thumbprint));
        (await KeysAsync(both)).Select(k => k.WrappedBy).ShouldAllBe(by => by == New.Thumbprint);
        (await CheckAsync(await StartAsync(New))).ShouldBeEmpty();
    }

    [Fact]
    public async Task After_that_a_start_with_the_old_certificate_alone_is_refused()
    {
        var both = await StartAsync(New, TestCertificate.Shared);
        await FinishAsync((await StartAsync(RotationKinds.Certificate, both)).Granted().Id, both);

        await Should.ThrowAsync<StartRefusedException>(() => StartAsync(TestCertificate.Shared));
    }

    [Fact]
    public async Task Before_that_a_start_with_the_new_certificate_alone_is_refused() =>
        await Should.ThrowAsync<StartRefusedException>(() => StartAsync(New));

    [Fact]
    public async Task Nodes_with_either_certificate_in_force_open_each_others_keys_while_they_are_restarted()
    {
        var waiting = await StartAsync(TestCertificate.Shared, New);
        var restarted = await StartAsync(New, TestCertificate.Shared);

        await FinishAsync((await StartAsync(node: restarted)).Granted().Id, restarted);

        (await CheckAsync(waiting)).ShouldBeEmpty();
        (await KeysAsync(waiting)).Single(k => k.IsInForce).WrappedBy.ShouldBe(New.Thumbprint);
    }

    [Fact]
    public async Task A_node_without_the_new_certificate_leaves_the_work_to_one_that_has_it()
    {
        var both = await StartAsync(New, TestCertificate.Shared);
        var rotation = (await StartAsync(RotationKinds.Certificate, both)).Granted();

        await Workspace.Services.GetRequiredService<Connections.Data.Work.WorkRunner>().RunDueAsync(Cancel, KeyRotations.Work);

        (await KeysAsync()).ShouldAllBe(k => k.WrappedBy == TestCertificate.Shared.Thumbprint);
        (await FinishAsync(rotation.Id, both)).Done.ShouldBe(1);
    }

    [Fact]
    public async Task A_key_half_of_which_are_wrapped_anew_opens_with_both_certificates()
    {
        await FinishAsync((await StartAsync()).Granted().Id);
        var both = await StartAsync(New, TestCertificate.Shared);
        await Workspace.DbAsync(async db =>
        {
            var key = db.DataProtectionKeys.First();
            key.Xml = both.GetRequiredService<KeyWrapping>().Wrap(key.Xml!, New.Thumbprint);
            return await db.SaveChangesAsync(Cancel);
        });

        (await CheckAsync(await StartAsync(TestCertificate.Shared, New))).ShouldBeEmpty();
    }

    private async Task<IServiceProvider> StartAsync(X509Certificate2 inForce, X509Certificate2? other = null)
    {
        var node = Workspace.StartNode(inForce, other: other);
        await Workspace.PrepareAsync(node);
        return node;
    }
}

public sealed class CertificateRotationOnSqlite() : CertificateRotationTests(new SqliteWorkspace());

public sealed class CertificateRotationOnPostgres(PostgresCluster cluster) : CertificateRotationTests(new PostgresWorkspace(cluster));
