using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Workato.Connections.Data;
using Workato.Connections.Diagnosing;
using Workato.Connections.Secrets;
using Workato.Connections.Web.Tests.Support;
using Secret = Workato.Connections.Secrets.Secret;

namespace Workato.Connections.Web.Tests.Diagnosing;

/// <summary>What goes wrong on our own side. The app answers well all the time.</summary>
internal static class FailuresOfOurs
{
    public static IEnumerable<Failure> Stored(FailureScene scene)
    {
        yield return new("The stored credentials were altered", "one byte of the row", Causes.Unreadable, () => StoredAsync(scene, (own, _) => own.SealedSecrets = [.. own.SealedSecrets![..^1], (byte)(own.SealedSecrets[^1] ^ 1)])) { NotBlaming = "Desk did" };
        yield return new("The stored credentials were moved from another row", "the row of another connection", Causes.Unreadable, () => StoredAsync(scene, (own, other) => own.SealedSecrets = other.SealedSecrets)) { NotBlaming = "Desk did" };
        yield return new("The stored credentials are sealed under a key that is gone", "another key ring", Causes.Unreadable,
            () => StoredAsync(scene, (own, _) => own.SealedSecrets = new CredentialProtector(new EphemeralDataProtectionProvider()).Seal(own.Id, new Dictionary<string, Secret> { ["api_key"] = new("k-123456") }))) { NotBlaming = "Desk did" };
    }

    /// <summary>The operator takes something away, and the server is started again.</summary>
    public static IEnumerable<Failure> AfterRestart(FailureScene scene, int desk, int removed)
    {
        yield return new("An operator forbids the address", "Egress__AllowedNetworks", Causes.EgressRefused, () => scene.TestedAsync(desk)) { NotBlaming = "Desk is" };
        yield return new("The connector's file is gone", "Connectors__Directory", Causes.ConnectorMissing, () => scene.TestedAsync(removed));
    }

    private static async Task<Told> StoredAsync(FailureScene scene, Action<Connection, Connection> change)
    {
        var input = new { auth_type = "key", url = scene.Url, api_key = "k-123456" };
        var (own, other) = ((await scene.Product.CreateAsync("desk", input)).Id, (await scene.Product.CreateAsync("desk", input)).Id);
        await using (var services = scene.Product.Services.CreateAsyncScope())
        {
            var db = services.ServiceProvider.GetRequiredService<ConnectionsDbContext>();
            change((await db.Connections.FindAsync([own], FailureScene.Cancel))!, (await db.Connections.FindAsync([other], FailureScene.Cancel))!);
            await db.SaveChangesAsync(FailureScene.Cancel);
        }

        return await scene.TestedAsync(own);
    }
}
