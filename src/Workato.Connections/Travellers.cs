using System.Collections.Frozen;
using Microsoft.EntityFrameworkCore;
using Workato.Connections.Auditing;
using Workato.Connections.Data;
using Workato.Connections.Privileges;

namespace Workato.Connections;

/// <summary>
/// In whose name somebody comes back from an app. The browser that comes back need not be signed in any more; it acts for
/// whoever sent it away, with what they may do now.
/// </summary>
public sealed class Travellers(ConnectionsDbContext db, WhoActs who, CurrentAccess current)
{
    // A link is for one connection, which the attempt names; it allows this and nothing else.
    private static readonly Access ByLink = new("link", FrozenSet.Create(Privilege.AuthorizeConnections), ProjectScope.All);

    /// <summary>Whoever sends somebody away now.</summary>
    internal Actor Beginner => who.Actor;

    /// <summary>From here on somebody without an account acts, by a link.</summary>
    internal void GoByLink() => (who.Actor, current.Access) = (who.Actor with { Kind = ActorKind.Nobody, Id = null, Name = "Somebody with a link" }, ByLink);

    /// <summary>From here on <paramref name="beginner"/> acts. Says why not, where they may not be here any more.</summary>
    internal async Task<Refusal?> ResumeAsync(Actor beginner, CancellationToken cancel)
    {
        who.Actor = beginner with { Address = who.Actor.Address, UserAgent = who.Actor.UserAgent };
        if (beginner.Kind == ActorKind.Member)
        {
            var member = await db.Set<Member>().AsNoTracking().Include(m => m.Role).SingleOrDefaultAsync(m => m.Id == beginner.Id, cancel);
            current.Access = member?.Access ?? Access.None;
            return current.Access.Check(Privilege.AuthorizeConnections);
        }

        current.Access = beginner.Kind == ActorKind.Nobody ? ByLink : Access.Full;
        return null;
    }
}
