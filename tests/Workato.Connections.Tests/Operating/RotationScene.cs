using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Workato.Connections.Auditing;
using Workato.Connections.Authorizing;
using Workato.Connections.AuthMethods;
using Workato.Connections.Authorizing.Profiles;
using Workato.Connections.Projects;
using Workato.Connections.Data.Work;
using Workato.Connections.Notices;
using Workato.Connections.Operating;
using Workato.Connections.Secrets;
using Workato.Connections.Tests.Support;

namespace Workato.Connections.Tests.Operating;

/// <summary>A database of its own with something sealed of every kind.</summary>
public abstract class RotationScene(Workspace workspace) : IAsyncLifetime
{
    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected Workspace Workspace => workspace;

    protected CredentialProtector Protector => workspace.Services.GetRequiredService<CredentialProtector>();

    public async ValueTask InitializeAsync()
    {
        await workspace.InitializeAsync();
        var now = workspace.Time.GetUtcNow();
        await workspace.DbAsync(async db =>
        {
            var profile = new CustomOAuthProfile { Name = "Ours", Provider = TestSuite.Provider, ClientId = "c", CreatedAt = now, UpdatedAt = now };
            var channel = new NoticeChannel { Kind = ChannelKinds.Webhook, Name = "Pager", Address = "https://pager.example.com", CreatedAt = now, UpdatedAt = now };
            db.AddRange(profile, channel);
            await db.SaveChangesAsync(Cancel);
            profile.SealedSecret = Protector.Seal(SecretKinds.OAuthProfiles, $"profile:{profile.Id}", new[] { "hush" });
            channel.SealedSecret = Protector.Seal(SecretKinds.Webhooks, $"channel:{channel.Id}", "whsec");
            byte[] state = [1, 2, 3];
            db.Add(new AuthorizationAttempt { StateHash = state, BrowserHash = [4], Provider = "p", ExpiresAt = now, SealedIntent = Protector.Seal(SecretKinds.AuthorizationAttempts, Convert.ToHexStringLower(state), "intent") });
            db.Add(AuditSeal.New(Protector, [5]));
            return await db.SaveChangesAsync(Cancel);
        });
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return workspace.DisposeAsync();
    }

    protected Task<List<int>> ConnectAsync(int count) => workspace.DbAsync(async db =>
    {
        var (now, folder) = (workspace.Time.GetUtcNow(), await db.Folders.Select(f => f.Id).FirstAsync(Cancel));
        var rows = Enumerable.Range(0, count).Select(i => new Connection { Name = $"C{i}", Provider = "rest", FolderId = folder, SignInBy = "headers", Settings = [], CredentialVersion = 3, CreatedAt = now, UpdatedAt = now }).ToList();
        db.AddRange(rows);
        await db.SaveChangesAsync(Cancel);
        foreach (var row in rows)
        {
            row.SealedSecrets = Protector.Seal(row.Id, new Dictionary<string, Secret> { ["key"] = new($"k-{row.Id}") });
            row.SealedTokens = Protector.Seal(row.Id, new Tokens { AccessToken = new($"at-{row.Id}") });
        }

        await db.SaveChangesAsync(Cancel);
        return rows.ConvertAll(r => r.Id);
    });

    protected Task<Result<KeyRotation>> StartAsync(string kind = RotationKinds.DataKeys, IServiceProvider? node = null) =>
        workspace.AskAsync<KeyRotations, Result<KeyRotation>>(r => r.StartAsync(kind, Cancel), node);

    /// <summary>Works until nothing is due, letting time pass in between.</summary>
    protected async Task<KeyRotation> FinishAsync(int id, IServiceProvider? node = null)
    {
        for (var i = 0; i < 20; i++)
        {
            await (node ?? workspace.Services).GetRequiredService<WorkRunner>().RunDueAsync(Cancel, KeyRotations.Work);
            var rotation = (await workspace.AskAsync<KeyRotations, KeyRotation?>(r => r.FindAsync(id, Cancel))).ShouldNotBeNull();
            if (rotation.FinishedAt is not null) return rotation;
            workspace.Time.Advance(KeyRotationWork.Settling);
        }

        throw new TimeoutException("The rotation does not end.");
    }

    protected Task<IReadOnlyList<KeyCount>> KeysAsync(IServiceProvider? node = null) => workspace.AskAsync<KeyStock, IReadOnlyList<KeyCount>>(s => s.ListAsync(Cancel), node);

    protected Task<List<UnreadableSecret>> CheckAsync(IServiceProvider? node = null) => workspace.AskAsync<SecretCheck, List<UnreadableSecret>>(async c =>
    {
        var found = new List<UnreadableSecret>();
        await foreach (var secret in c.RunAsync(Cancel)) found.Add(secret);
        return found;
    }, node);

    protected Task AlterAsync(int id, byte[] secrets) =>
        workspace.DbAsync(db => db.Connections.Where(c => c.Id == id).ExecuteUpdateAsync(set => set.SetProperty(c => c.SealedSecrets, secrets), Cancel));
}
