using Microsoft.EntityFrameworkCore;
using Workato.Connections.Auditing;
using Workato.Connections.Data;
using Workato.Connections.Privileges;
using Workato.Connections.Tests.Support;

namespace Workato.Connections.Tests.Privileges;

/// <summary>A workspace to sign in to, new for every test: who comes first matters.</summary>
public abstract class SignInScene(Workspace workspace) : IAsyncLifetime
{
    protected const string Issuer = "https://login.example";

    protected static SignInRules Default { get; } = new("Operator", []);

    protected static SignInRules ByGroups { get; } = new("Operator", [("Operator", ["all"]), ("Analyst", ["builders", "makers"]), ("Owner", ["bosses"])]);

    protected static SignInRules OnlyInvited { get; } = new(null, [("Analyst", ["builders"])]);

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected Workspace Workspace => workspace;

    public ValueTask InitializeAsync() => workspace.InitializeAsync();

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return workspace.DisposeAsync();
    }

    protected static ProvenPerson Person(string subject, params string[] groups) => new(Issuer, subject) { Name = $"{subject} by name", Email = $"{subject}@example.com", Groups = groups };

    protected Task<Result<Member>> TryAsync(ProvenPerson person, SignInRules? rules = null) => workspace.AskAsync<SignIns, Result<Member>>(s => s.ComeAsync(person, rules ?? Default, Cancel));

    protected async Task<Member> ComeAsync(ProvenPerson person, SignInRules? rules = null) => (await TryAsync(person, rules)).Granted();

    protected Task<Member> ComeAsync(string subject, SignInRules? rules = null) => ComeAsync(Person(subject), rules);

    /// <summary>What the service for members does.</summary>
    protected Task<Member> InviteAsync(string email, string role = "Analyst") => workspace.DbAsync(async db =>
    {
        var member = new Member { Name = email, Email = email, Role = await db.Set<Role>().SingleAsync(r => r.Name == role, Cancel), CreatedAt = workspace.Time.GetUtcNow() };
        db.Add(member);
        await db.SaveChangesAsync(Cancel);
        return member;
    });

    protected Task ChangeAsync(int id, Action<Member, ConnectionsDbContext> change) => workspace.DbAsync(async db =>
    {
        change(await db.Set<Member>().Include(m => m.Role).SingleAsync(m => m.Id == id, Cancel), db);
        return await db.SaveChangesAsync(Cancel);
    });

    protected Task RemoveAsync(int id) => ChangeAsync(id, (m, _) => m.RemovedAt = workspace.Time.GetUtcNow());

    protected Task<Member> RowAsync(int id) => workspace.DbAsync(db => db.Set<Member>().AsNoTracking().Include(m => m.Role).SingleAsync(m => m.Id == id, Cancel));

    protected Task<List<Member>> RowsAsync() => workspace.DbAsync(db => db.Set<Member>().AsNoTracking().Include(m => m.Role).Where(m => !m.IsLocal).OrderBy(m => m.Id).ToListAsync(Cancel));

    /// <summary>What was written down about a member, in order.</summary>
    protected Task<List<AuditEntry>> WrittenAsync(int? id) => workspace.DbAsync(db => db.Set<AuditEntry>().AsNoTracking().Where(e => e.ResourceType == AuditedTypes.Member && e.ResourceId == id).OrderBy(e => e.Id).ToListAsync(Cancel));
}
