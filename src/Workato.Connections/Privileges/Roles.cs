using Microsoft.EntityFrameworkCore;
using Workato.Connections.Auditing;
using Workato.Connections.Data;

namespace Workato.Connections.Privileges;

/// <summary>A role to be made or changed. When changing, what is left out stays as it is.</summary>
/// <param name="Name">Unique; needed when making one.</param>
/// <param name="Description">What it is for.</param>
/// <param name="Privileges">What it allows; needed when making one.</param>
public sealed record RoleDraft(string? Name = null, string? Description = null, IReadOnlyCollection<Privilege>? Privileges = null);

/// <summary>Lists, makes, changes, copies and deletes roles. System roles are never changed.</summary>
public sealed class Roles(ConnectionsDbContext db, Grants grants, RoleHolders holders, AuditTrail audit, ChangeFeed feed, TimeProvider time)
{
    private const int MaxAttempts = 5;

    /// <summary>All, the system's first.</summary>
    public Task<List<Role>> ListAsync(CancellationToken cancel) => db.Set<Role>().AsNoTracking().OrderBy(r => r.Id).ToListAsync(cancel);

    /// <summary>The one with this id, or null.</summary>
    public Task<Role?> FindAsync(int id, CancellationToken cancel) => db.Set<Role>().AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, cancel);

    /// <summary>Makes one.</summary>
    public async Task<Result<Role>> CreateAsync(RoleDraft draft, CancellationToken cancel)
    {
        if (Wrong(draft with { Name = draft.Name ?? "", Privileges = draft.Privileges ?? [] }) is { } wrong) return wrong;
        var now = time.GetUtcNow();
        var role = new Role { Name = draft.Name!.Trim(), Description = Blank(draft.Description), Privileges = Ordered(draft.Privileges!), CreatedAt = now, UpdatedAt = now };
        if (grants.CheckGiven(On(role), Nowhere(role)) is { } refusal) return refusal;
        return await AddAsync(role, cancel);
    }

    /// <summary>Changes one. It counts at once for everybody who has it, so it takes access to every project they have it in.</summary>
    public async Task<Result<Role>> UpdateAsync(int id, RoleDraft draft, CancellationToken cancel)
    {
        if (await db.Set<Role>().SingleOrDefaultAsync(r => r.Id == id, cancel) is not { } role) return Refusal.NotFound("Role");
        if (role.IsSystem) return Untouchable(role, "changed. Copy it and change the copy");
        if (Wrong(draft) is { } wrong) return wrong;
        var scope = await holders.ScopeAsync(id, cancel);
        if (grants.CheckHeld(On(role), new(role.Name, [.. role.Privileges], scope)) is { } more) return more;
        if (draft.Privileges is not null && grants.CheckGiven(On(role), new(draft.Name?.Trim() ?? role.Name, [.. draft.Privileges], scope)) is { } refusal) return refusal;

        var before = (role.Name, role.Description, Privileges: Words(role.Privileges));
        role.Name = draft.Name?.Trim() ?? role.Name;
        role.Description = draft.Description is null ? role.Description : Blank(draft.Description);
        role.Privileges = draft.Privileges is null ? role.Privileges : Ordered(draft.Privileges);
        role.UpdatedAt = time.GetUtcNow();
        audit.Add(AuditEvents.RoleUpdated, On(role), new AuditChanges().With("name", before.Name, role.Name).With("description", before.Description, role.Description).With("privileges", before.Privileges, Words(role.Privileges)));
        if (await SaveAsync(cancel) is { } notSaved) return notSaved;
        feed.Announce(Role.Table, role.Id);
        return role;
    }

    /// <summary>Makes one like it. A copy of the owner's role does not make owners: that is the owner's role alone.</summary>
    public async Task<Result<Role>> CopyAsync(int id, string? name, CancellationToken cancel)
    {
        if (await FindAsync(id, cancel) is not { } role) return Refusal.NotFound("Role");
        return await CreateAsync(new(name ?? await FreeNameAsync(role.Name, cancel), role.Description, [.. role.Privileges.Where(p => p != Privilege.OwnWorkspace)]), cancel);
    }

    /// <summary>Deletes one that nobody has.</summary>
    public async Task<Result<bool>> DeleteAsync(int id, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            if (await db.Set<Role>().SingleOrDefaultAsync(r => r.Id == id, cancel) is not { } role) return Refusal.NotFound("Role");
            if (role.IsSystem) return Untouchable(role, "deleted");
            if (grants.CheckHeld(On(role), Nowhere(role)) is { } refusal) return refusal;
            if (await holders.OfAsync(id, cancel) is { Count: > 0 } users) return RoleHolders.InUse(role, users);
            try
            {
                await using var transaction = await db.Database.BeginTransactionAsync(cancel);
                await holders.ForgetRemovedAsync(id, cancel);
                db.Remove(role);
                audit.Add(AuditEvents.RoleDeleted, On(role), new AuditChanges().With("privileges", Words(role.Privileges), null));
                await db.SaveChangesAsync(cancel);
                await transaction.CommitAsync(cancel);
                feed.Announce(Role.Table, id);
                return true;
            }
            catch (DbUpdateConcurrencyException)
            {
                return Refusal.NotFound("Role");
            }
            catch (DbUpdateException e) when (db.IsForeignKeyViolation(e) && attempt < MaxAttempts)
            {
                // Somebody was given it after we looked: look again.
                db.ChangeTracker.Clear();
            }
        }
    }

    private static Audited On(Role role) => new(AuditedTypes.Role, role.Id == 0 ? null : role.Id, role.Name);

    private Refusal Untouchable(Role role, string what) => grants.Refuse(On(role), $"The role '{role.Name}' is the product's own and cannot be {what}.");

    private static List<Privilege> Ordered(IReadOnlyCollection<Privilege> privileges) => [.. privileges.Distinct().Order()];

    // Nobody has it: where it would count is said when it is given.
    private static Access Nowhere(Role role) => role.In(allProjects: false, []);

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static string Words(IEnumerable<Privilege> privileges) => string.Join(", ", privileges.Order().Select(PrivilegeCatalog.Name).Select(n => $"{n.Resource}: {n.Verb}"));

    private static Refusal? Wrong(RoleDraft draft)
    {
        var problems = new ProblemList();
        if (draft.Name is not null) problems.CheckName(draft.Name, Role.MaxNameLength);
        problems.CheckText(draft.Description, Role.MaxDescriptionLength, "description");
        if (draft.Privileges is { Count: 0 }) problems.Add("privileges", "choose at least one");
        else if (draft.Privileges?.Contains(Privilege.OwnWorkspace) == true) problems.Add("privileges", "'Workspace: own' belongs to the role Owner alone");
        return problems.Any ? problems.ToRefusal() : null;
    }

    private async Task<string> FreeNameAsync(string name, CancellationToken cancel)
    {
        var stem = name.Length > Role.MaxNameLength - 10 ? name[..(Role.MaxNameLength - 10)] : name;
        var taken = await db.Set<Role>().Select(r => r.Name).ToListAsync(cancel);
        return Enumerable.Range(1, taken.Count + 1).Select(n => n == 1 ? $"{stem} copy" : $"{stem} copy {n}").First(n => !taken.Contains(n));
    }

    private async Task<Result<Role>> AddAsync(Role role, CancellationToken cancel)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        db.Add(role);
        if (await SaveAsync(cancel) is { } refusal) return refusal;
        audit.Add(AuditEvents.RoleCreated, On(role), new AuditChanges().With("name", null, role.Name).With("privileges", null, Words(role.Privileges)));
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        feed.Announce(Role.Table, role.Id);
        return role;
    }

    private async Task<Refusal?> SaveAsync(CancellationToken cancel)
    {
        try
        {
            await db.SaveChangesAsync(cancel);
            return null;
        }
        catch (DbUpdateException e) when (db.IsUniqueViolation(e) || e is DbUpdateConcurrencyException)
        {
            db.ChangeTracker.Clear();
            return e is DbUpdateConcurrencyException ? Refusal.NotFound("Role") : Refusal.Invalid("name", "has already been taken");
        }
    }
}
