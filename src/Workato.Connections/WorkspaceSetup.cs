using Microsoft.EntityFrameworkCore;
using Workato.Connections.Data;
using Workato.Connections.Privileges;
using Workato.Connections.Projects;
using Workato.Connections.Secrets;

namespace Workato.Connections;

/// <summary>Brings the database up to date and makes what must be there from the first start.</summary>
public sealed class WorkspaceSetup(ConnectionsDbContext db, KeyRingGuard keyRing, BootstrapClient bootstrap, TimeProvider time)
{
    /// <summary>Applies the migrations.</summary>
    public Task MigrateAsync(CancellationToken cancel) => db.Database.MigrateAsync(cancel);

    /// <summary>Everything before the first request: migrations, key ring, Home, owner, the first API client. One node at a time.</summary>
    /// <exception cref="StartRefusedException">The certificate or the bootstrap token is wrong.</exception>
    public async Task PrepareAsync(Secret? bootstrapToken, CancellationToken cancel)
    {
        await using var _ = await db.LockStartAsync(cancel);
        await MigrateAsync(cancel);
        await keyRing.CheckAsync(cancel);
        await KeepRolesAsync(cancel);
        await FoundAsync(cancel);
        if (bootstrapToken is not null) await bootstrap.KeepAsync(bootstrapToken, cancel);
    }

    // What they allow may change with the product.
    private async Task KeepRolesAsync(CancellationToken cancel)
    {
        var there = await db.Set<Role>().Where(r => r.IsSystem).ToListAsync(cancel);
        var now = time.GetUtcNow();
        foreach (var role in SystemRoles.All)
        {
            if (there.Find(r => r.Name == role.Name) is not { } existing) db.Add(new Role { Name = role.Name, Description = role.Description, IsSystem = true, Privileges = [.. role.Privileges], CreatedAt = now, UpdatedAt = now });
            else (existing.Description, existing.Privileges) = (role.Description, [.. role.Privileges]);
        }

        await db.SaveChangesAsync(cancel);
    }

    private async Task FoundAsync(CancellationToken cancel)
    {
        if (await db.Projects.AnyAsync(cancel)) return;
        var now = time.GetUtcNow();
        db.Add(new Folder { Name = "Home", IsProject = true, Project = new() { Name = "Home", IsHome = true }, CreatedAt = now, UpdatedAt = now });
        var owner = await db.Set<Role>().SingleAsync(r => r.IsSystem && r.Name == SystemRoles.Owner.Name, cancel);
        db.Add(new Member { Name = "Workspace owner", Email = "owner@localhost", IsLocal = true, Role = owner, CreatedAt = now });
        await db.SaveChangesAsync(cancel);
    }
}
