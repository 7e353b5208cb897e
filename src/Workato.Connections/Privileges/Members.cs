using System.Net.Mail;
using Microsoft.EntityFrameworkCore;
using Workato.Connections.Auditing;
using Workato.Connections.Data;

namespace Workato.Connections.Privileges;

/// <summary>Somebody to be invited.</summary>
/// <param name="Email">The address they sign in with.</param>
/// <param name="Name">As people say it; the address where it is left out, until they sign in.</param>
/// <param name="Grant">What they are given.</param>
public sealed record Invitation(string? Email, string? Name, Grant Grant);

/// <summary>Lists, invites, changes and removes the people of the workspace.</summary>
public sealed class Members(ConnectionsDbContext db, Grants grants, AuditTrail audit, ChangeFeed feed, TimeProvider time)
{
    private const string OwnersHaveAll = "must be left out: an owner has all projects";

    /// <summary>A page of them by name; narrowed to a part of name or address, without regard to case.</summary>
    public async Task<Page<Member>> PageAsync(string? text, int size, CancellationToken cancel, int skip = 0)
    {
        var rows = await Found(text).AsNoTracking().Include(m => m.Role).OrderBy(m => m.Name).ThenBy(m => m.Id).Skip(skip).Take(size + 1).ToListAsync(cancel);
        return new([.. rows.Take(size)], rows.Count > size);
    }

    /// <summary>How many there are.</summary>
    public Task<int> CountAsync(string? text, CancellationToken cancel) => Found(text).CountAsync(cancel);

    /// <summary>The one with this id, or null: also where it was removed.</summary>
    public Task<Member?> FindAsync(int id, CancellationToken cancel) => There.AsNoTracking().Include(m => m.Role).SingleOrDefaultAsync(m => m.Id == id, cancel);

    /// <summary>Invites somebody, who becomes a member by signing in with that address.</summary>
    public async Task<Result<Member>> InviteAsync(Invitation wanted, CancellationToken cancel)
    {
        var email = wanted.Email?.Trim().ToLowerInvariant();
        var problems = new ProblemList();
        if (!IsAddress(email)) problems.Add("email", string.IsNullOrEmpty(email) ? "can't be blank" : "must be an e-mail address such as ada@example.com");
        else if (await There.AnyAsync(m => m.Email == email, cancel)) problems.Add("email", "has been invited already");
        problems.CheckText(wanted.Name, Member.MaxNameLength, "name");

        var decided = await grants.DecideAsync(new(AuditedTypes.Member, null, email), wanted.Grant, held: null, cancel);
        if (decided.Refusal is { Kind: RefusalKind.Invalid } invalid) problems.Add(invalid);
        else if (decided.Refusal is { } refusal) return refusal;
        if (decided.Value is { } given && Halved(given)) problems.Add("project_ids", OwnersHaveAll);
        if (problems.Any) return problems.ToRefusal();

        var granted = decided.Value!;
        var name = string.IsNullOrWhiteSpace(wanted.Name) ? email! : wanted.Name.Trim();
        var member = new Member { Name = name, Email = email!, Role = granted.Role, AllProjects = granted.AllProjects, ProjectIds = granted.ProjectIds, CreatedAt = time.GetUtcNow() };
        return await AddAsync(member, cancel);
    }

    /// <summary>Gives somebody another role or other projects. A role that came from groups at sign-in comes from them again next time.</summary>
    public async Task<Result<Member>> ChangeAsync(int id, Grant wanted, CancellationToken cancel)
    {
        // One at a time: of two who take the last two owners away from each other, one hears that there must be one.
        await using var transaction = await db.BeginAloneAsync(AloneFor.Owners, cancel);
        if (await There.Include(m => m.Role).SingleOrDefaultAsync(m => m.Id == id, cancel) is not { } member) return Refusal.NotFound("Member");
        var held = new Granted(member.Role, member.AllProjects, member.ProjectIds);
        var decided = await grants.DecideAsync(On(member), wanted, held, cancel);
        if (decided.Refusal is { } refusal) return refusal;
        var given = decided.Value!;
        if (Halved(given)) return Refusal.Invalid("project_ids", OwnersHaveAll);
        if (!IsOwner(given.Role) && await LastOwnerAsync(member, "given another role", cancel) is { } last) return last;

        (member.Role, member.AllProjects, member.ProjectIds) = (given.Role, given.AllProjects, given.ProjectIds);
        audit.Add(AuditEvents.MemberUpdated, On(member), new AuditChanges().With("role", held.Role.Name, given.Role.Name).With("projects", held.Projects, given.Projects));
        return await SavedAsync(member, transaction, cancel);
    }

    /// <summary>Removes somebody: at once, on every node. What they did keeps their name, and connections they authorized go on working.</summary>
    public async Task<Result<Member>> RemoveAsync(int id, CancellationToken cancel)
    {
        await using var transaction = await db.BeginAloneAsync(AloneFor.Owners, cancel);
        if (await There.Include(m => m.Role).SingleOrDefaultAsync(m => m.Id == id, cancel) is not { } member) return Refusal.NotFound("Member");
        if (grants.CheckHeld(On(member), member.Access) is { } refusal) return refusal;
        if (await LastOwnerAsync(member, "removed", cancel) is { } last) return last;

        member.RemovedAt = time.GetUtcNow();
        audit.Add(AuditEvents.MemberRemoved, On(member), new AuditChanges().With("role", member.Role.Name, null));
        return await SavedAsync(member, transaction, cancel);
    }

    private IQueryable<Member> There => db.Set<Member>().Where(m => m.RemovedAt == null);

    private IQueryable<Member> Found(string? text) => string.IsNullOrWhiteSpace(text) ? There : db.WhereContains(There, m => m.Name + " " + m.Email, text.Trim());

    private static Audited On(Member member) => new(AuditedTypes.Member, member.Id, member.Name);

    private static bool IsOwner(Role role) => role.IsSystem && role.Name == SystemRoles.Owner.Name;

    private static bool Halved(Granted given) => IsOwner(given.Role) && !given.AllProjects;

    private static bool IsAddress(string? email) => email is { Length: <= Member.MaxNameLength } && !email.Any(c => char.IsWhiteSpace(c) || char.IsControl(c)) && email.Count(c => c == '@') == 1
        && MailAddress.TryCreate(email, out var address) && address.Address == email;

    // Who was invited and never came may be a slip of the pen: only who can sign in counts.
    private async Task<Refusal?> LastOwnerAsync(Member member, string what, CancellationToken cancel)
    {
        if (!IsOwner(member.Role) || (member.SignedInAt is null && !member.IsLocal)) return null;
        // Where people sign in by a provider the local owner does not, and is no way back for them.
        var others = db.Owners.Where(m => m.Id != member.Id && (member.Issuer == null ? m.SignedInAt != null || m.IsLocal : m.Issuer != null));
        return await others.AnyAsync(cancel) ? null
            : grants.Refuse(On(member), $"'{member.Name}' cannot be {what}: nobody else is an owner who has signed in, and there must always be one. Make somebody else an owner first.");
    }

    private async Task<Result<Member>> AddAsync(Member member, CancellationToken cancel)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        // Whoever was removed under this address is not in the way of their own return: the invitation is bound anew.
        await db.Set<Member>().Where(m => m.Email == member.Email && m.RemovedAt != null && m.Subject != null)
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.Issuer, (string?)null).SetProperty(m => m.Subject, (string?)null), cancel);
        db.Add(member);
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateException e) when (db.IsUniqueViolation(e) || db.IsForeignKeyViolation(e))
        {
            db.ChangeTracker.Clear();
            return db.IsUniqueViolation(e) ? Refusal.Invalid("email", "has been invited already") : Refusal.Invalid("role_id", "was deleted just now");
        }

        var given = new Granted(member.Role, member.AllProjects, member.ProjectIds);
        audit.Add(AuditEvents.MemberInvited, On(member), new AuditChanges().With("email", null, member.Email).With("role", null, given.Role.Name).With("projects", null, given.Projects));
        return await SavedAsync(member, transaction, cancel);
    }

    private async Task<Result<Member>> SavedAsync(Member member, Microsoft.EntityFrameworkCore.Storage.IDbContextTransaction transaction, CancellationToken cancel)
    {
        try
        {
            await db.SaveChangesAsync(cancel);
            await transaction.CommitAsync(cancel);
        }
        catch (DbUpdateException e) when (db.IsForeignKeyViolation(e))
        {
            db.ChangeTracker.Clear();
            return Refusal.Invalid("role_id", "was deleted just now");
        }

        feed.Announce(Member.Table, member.Id);
        return member;
    }
}
