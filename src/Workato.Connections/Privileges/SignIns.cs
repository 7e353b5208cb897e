using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Workato.Connections.Auditing;
using Workato.Connections.Data;

namespace Workato.Connections.Privileges;

/// <summary>Turns those an OpenID provider vouches for into members, or says why not.</summary>
public sealed class SignIns(ConnectionsDbContext db, AuditTrail trail, WhoActs who, ChangeFeed feed, TimeProvider time)
{
    /// <summary>
    /// The member somebody is: bound by issuer and subject, which never change; else invited by e-mail address; else new,
    /// the very first as owner. One at a time, on all nodes, so that there is one first and always an owner.
    /// </summary>
    public async Task<Result<Member>> ComeAsync(ProvenPerson person, SignInRules rules, CancellationToken cancel)
    {
        try
        {
            return await TryAsync(person, rules, cancel);
        }
        catch (DbUpdateException e) when (db.IsUniqueViolation(e))
        {
            // Somebody was invited by the same address at this moment. Now that is seen.
            db.ChangeTracker.Clear();
            return await TryAsync(person, rules, cancel);
        }
    }

    private async Task<Result<Member>> TryAsync(ProvenPerson person, SignInRules rules, CancellationToken cancel)
    {
        await using var alone = await db.BeginAloneAsync(AloneFor.Owners, cancel);
        var bound = await Members.SingleOrDefaultAsync(m => m.Issuer == person.Issuer && m.Subject == person.Subject, cancel);
        var invited = bound is { RemovedAt: null } ? null : await FindInvitationAsync(person, cancel);
        var member = invited ?? bound ?? await NewAsync(person, cancel);
        var isNew = member.Id == 0;
        if (member.RemovedAt is not null || (isNew && await WasRemovedAsync(person, cancel)))
            return await RefuseAsync(member, "You were removed from this workspace. Ask an owner to invite you again.");

        var chosen = await ChooseRoleAsync(member, isNew, person, rules, cancel);
        if (chosen.Refusal is { } refusal) return await RefuseAsync(member, refusal.Message);

        var before = isNew ? null : new { Role = member.Role.Name, member.Name, member.Email };
        if (invited is not null && bound is not null)
        {
            // Removed and invited again: what they did before keeps the old row and its name.
            (bound.Issuer, bound.Subject) = (null, null);
            await db.SaveChangesAsync(cancel);
        }

        (member.Issuer, member.Subject, member.SignedInAt, member.Name) = (person.Issuer, person.Subject, time.GetUtcNow(), person.KnownAs);
        if (person.Address is { } address && address != member.Email && await IsFreeAsync(address, cancel)) member.Email = address;
        (member.Role, member.HasRoleOfGroups) = (chosen.Value.Role, chosen.Value.ByGroup);
        if (isNew) db.Add(member);
        await db.SaveChangesAsync(cancel);

        var actor = new Actor(ActorKind.Member, member.Id, member.Name) { Email = member.Email, Address = who.Actor.Address, UserAgent = who.Actor.UserAgent };
        var audited = About(member);
        var changes = new AuditChanges().With("role", before?.Role, member.Role.Name);
        if (before is not null) changes.With("name", before.Name, member.Name).With("email", before.Email, member.Email);
        if (bound is null || invited is not null) trail.Add(actor, AuditEvents.MemberJoined, audited, changes);
        else if (changes.Count > 0) trail.Add(actor, AuditEvents.MemberUpdated, audited, changes, "as the sign-in provider says");
        trail.Add(actor, AuditEvents.SignedIn, audited);
        await db.SaveChangesAsync(cancel);
        await alone.CommitAsync(cancel);
        if (changes.Count > 0) feed.Announce(Member.Table, member.Id);
        return member;

        async Task<Refusal> RefuseAsync(Member refused, string words)
        {
            await alone.RollbackAsync(cancel);
            db.ChangeTracker.Clear();
            await trail.WriteAsync(AuditEvents.SignInRefused, About(refused), words, cancel);
            return new(RefusalKind.Forbidden, words);
        }
    }

    private IQueryable<Member> Members => db.Set<Member>().Include(m => m.Role);

    // Those who came by a provider or are named owner, so that they can.
    private IQueryable<Member> Owners => db.Owners.Where(m => !m.IsLocal);

    private static Audited About(Member member) => new(AuditedTypes.Member, member.Id == 0 ? null : member.Id, member.Name);

    // A doubted address is anybody's to write down: it does not take what was meant for its owner.
    private async Task<Member?> FindInvitationAsync(ProvenPerson person, CancellationToken cancel) => person.IsEmailDoubted || person.Address is not { } address
        ? null
        : await Members.SingleOrDefaultAsync(m => m.Email == address && m.RemovedAt == null && m.Issuer == null && m.SignedInAt == null && !m.IsLocal, cancel);

    // An account made anew at the provider has another subject, and is the same person.
    private async Task<bool> WasRemovedAsync(ProvenPerson person, CancellationToken cancel) =>
        person.Address is { } address && await db.Set<Member>().AnyAsync(m => m.Email == address && m.RemovedAt != null, cancel);

    private async Task<bool> IsFreeAsync(string address, CancellationToken cancel) => !await db.Set<Member>().AnyAsync(m => m.Email == address && m.RemovedAt == null, cancel);

    private async Task<Member> NewAsync(ProvenPerson person, CancellationToken cancel) => new()
    {
        Name = person.KnownAs,
        Email = person.Address is { } address && await IsFreeAsync(address, cancel) ? address : Placeholder(person),
        CreatedAt = time.GetUtcNow(),
    };

    // No address, or another's: people come in all the same, and the name says that it is none (RFC 2606).
    private static string Placeholder(ProvenPerson person) =>
        $"no-address-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{person.Issuer}\n{person.Subject}")))[..16]}@people.invalid";

    private async Task<Result<(Role Role, bool ByGroup)>> ChooseRoleAsync(Member member, bool isNew, ProvenPerson person, SignInRules rules, CancellationToken cancel)
    {
        var roles = await db.Set<Role>().ToListAsync(cancel);
        if (isNew && await IsFirstAsync(cancel)) return (Find(SystemRoles.Owner.Name)!, false);

        var byGroup = rules.RoleOf(person.Groups);
        // Whoever has a role by a group loses it with the group.
        var name = byGroup ?? (isNew || (member.HasRoleOfGroups && rules.LookAtGroups) ? rules.DefaultRole : member.Role.Name);
        if (!isNew && member.Role is { IsSystem: true } role && role.Name == SystemRoles.Owner.Name && name != role.Name && !await Owners.AnyAsync(m => m.Id != member.Id && m.Issuer != null, cancel))
            return (role, member.HasRoleOfGroups);
        if (name is null)
            return new Refusal(RefusalKind.Forbidden, isNew ? "You are known there, but not invited here. Ask an owner to invite you." : "None of your groups lets you in any more. Ask an owner to give you a role.");
        return Find(name) is { } found ? (found, byGroup is not null) : new Refusal(RefusalKind.Forbidden, $"You are to have the role '{name}', and there is none of that name. Ask an owner to make it, or whoever runs this server to correct its settings.");

        Role? Find(string wanted) => roles.Find(r => r.Name.Equals(wanted, StringComparison.OrdinalIgnoreCase));
    }

    // Not where an owner was invited, and waits to come.
    private async Task<bool> IsFirstAsync(CancellationToken cancel) => !await db.Set<Member>().AnyAsync(m => m.Issuer != null, cancel) && !await Owners.AnyAsync(cancel);
}
