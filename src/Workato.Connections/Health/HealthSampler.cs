using Microsoft.EntityFrameworkCore;
using Workato.Connections.Data;
using Workato.Connections.Projects;

namespace Workato.Connections.Health;

/// <summary>Notes every hour how many connections of each project are in which state.</summary>
public sealed class HealthSampler(ConnectionsDbContext db, TimeProvider time)
{
    /// <summary>Notes this hour, where nobody did yet.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        if (Telemetry.CountsStates(now)) Tell(await Count(db, db.Connections, now).ToListAsync(cancel));
        var hour = new DateTimeOffset(now.UtcTicks - (now.UtcTicks % TimeSpan.TicksPerHour), TimeSpan.Zero);
        if (await db.HealthSamples.AnyAsync(s => s.At == hour, cancel)) return;
        // Reading takes longer than anybody should wait for it.
        var counted = await Count(db, db.Connections.NotOfUsers(), hour).ToListAsync(cancel);
        await using var alone = await db.BeginAloneAsync(AloneFor.Incidents, cancel);
        if (await db.HealthSamples.AnyAsync(s => s.At == hour, cancel)) return;
        db.AddRange(counted);
        await db.SaveChangesAsync(cancel);
        await alone.CommitAsync(cancel);
    }

    private static void Tell(List<HealthSample> counted) => Telemetry.States(new()
    {
        ["working"] = counted.Sum(s => (long)s.Working),
        ["in_trouble"] = counted.Sum(s => (long)s.InTrouble),
        ["broken"] = counted.Sum(s => (long)s.Broken),
        ["not_connected"] = counted.Sum(s => (long)s.NotConnected),
    });

    /// <summary>How these connections stand, by project.</summary>
    public static IQueryable<HealthSample> Count(ConnectionsDbContext db, IQueryable<Connection> rows, DateTimeOffset at) =>
        from c in rows
        join f in db.Folders on c.FolderId equals f.Id
        group c by f.ProjectId into project
        select new HealthSample
        {
            ProjectId = project.Key,
            At = at,
            Working = project.Count(c => c.Status == AuthorizationStatus.Success && c.RefreshProblem == null),
            InTrouble = project.Count(c => c.Status == AuthorizationStatus.Exception || (c.Status == AuthorizationStatus.Success && c.RefreshProblem != null)),
            Broken = project.Count(c => c.Status == AuthorizationStatus.Failed),
            NotConnected = project.Count(c => c.Status == null),
        };
}
