using Microsoft.EntityFrameworkCore;
using Workato.Connections.Data;

namespace Workato.Connections.Recipes.Jobs;

/// <summary>Jobs, where the context is at hand.</summary>
public static class JobSets
{
    extension(ConnectionsDbContext db)
    {
        /// <summary>All jobs.</summary>
        public DbSet<Job> Jobs => db.Set<Job>();

        /// <summary>Their steps.</summary>
        public DbSet<JobStep> JobSteps => db.Set<JobStep>();
    }
}
