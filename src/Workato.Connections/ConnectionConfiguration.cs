using Workato.Connections.Privileges;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Workato.Connections.Authorizing.Profiles;
using Workato.Connections.Data;
using Workato.Connections.Projects;

namespace Workato.Connections;

internal sealed class ConnectionConfiguration : IEntityTypeConfiguration<Connection>
{
    // In words of both databases; see IncidentWatch.
    private const string Unaccounted = "incident_id IS NULL AND (status = 'Failed' OR status = 'Exception' OR refresh_problem IS NOT NULL)";

    public void Configure(EntityTypeBuilder<Connection> builder)
    {
        builder.ToTable(Connection.Table);
        builder.Property(c => c.Name).HasMaxLength(Connection.MaxNameLength);
        builder.Property(c => c.Description).HasMaxLength(Connection.MaxDescriptionLength);
        builder.Property(c => c.ExternalId).HasMaxLength(Connection.MaxExternalIdLength);
        builder.Property(c => c.CallbackUrl).HasMaxLength(2048);
        builder.Property(c => c.RedirectUrl).HasMaxLength(2048);
        builder.Property(c => c.Provider).HasMaxLength(64);
        builder.Property(c => c.SignInBy).HasMaxLength(64);
        builder.Property(c => c.Status).HasConversion<string>().HasMaxLength(16);
        builder.Property(c => c.AccountKind).HasConversion<string>().HasMaxLength(16);
        builder.Property(c => c.Environment).HasConversion<string>().HasMaxLength(16);
        builder.Property(c => c.CredentialVersion).IsConcurrencyToken();
        builder.Property(c => c.Settings).HasConversion(
            settings => JsonSerializer.Serialize(settings, JsonSerializerOptions.Default),
            text => JsonSerializer.Deserialize<Dictionary<string, string>>(text, JsonSerializerOptions.Default)!,
            new ValueComparer<Dictionary<string, string>>((a, b) => a!.Count == b!.Count && !a.Except(b).Any(), s => s.Count, s => new(s)));

        builder.Property(c => c.CustomOAuthProfileId).HasColumnName("custom_oauth_profile_id");
        builder.Property(c => c.RefreshHolder).HasMaxLength(64);
        builder.Property(c => c.AuthorizedBy).HasMaxLength(Auditing.AuditEntry.MaxTextLength);

        builder.Property(c => c.Cause).HasMaxLength(32);
        builder.Property(c => c.Evidence).HasMaxLength(Diagnosing.Diagnosis.MaxEvidence);

        builder.HasOne<Folder>().WithMany().HasForeignKey(c => c.FolderId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Connection>().WithMany().HasForeignKey(c => c.ParentId).OnDelete(DeleteBehavior.Restrict);

        builder.HasOne<CustomOAuthProfile>().WithMany().HasForeignKey(c => c.CustomOAuthProfileId).OnDelete(DeleteBehavior.Restrict);

        // What is due for new tokens, and nothing else, however many connections there are.
        builder.HasIndex(c => c.RefreshDueAt).HasFilter("refresh_due_at IS NOT NULL");

        // The same of what is due for a test, of what is part of an incident, of what should be part of one, and of what has an end.
        builder.HasIndex(c => c.TestDueAt).HasFilter("test_due_at IS NOT NULL");
        builder.HasIndex(c => c.IncidentId).HasFilter("incident_id IS NOT NULL");
        builder.HasIndex(c => c.Id, "ix_connections_unaccounted").HasFilter(Unaccounted);
        builder.HasIndex(c => c.WarnAt).HasFilter("warn_at IS NOT NULL");

        // Every list is read newest first within what it is filtered by, by keyset on the id.
        // Runtime user connections may outnumber the others a thousand to one and are left out of most lists: without the
        // first index a page of the others would be looked for among all of them.
        builder.HasIndex(c => c.Id).HasFilter("parent_id IS NULL OR external_id IS NULL").HasDatabaseName("ix_connections_own");
        builder.HasIndex(c => new { c.FolderId, c.Id });
        builder.HasIndex(c => new { c.Provider, c.Id });
        builder.HasIndex(c => new { c.Status, c.Id });
        builder.HasIndex(c => new { c.ParentId, c.ExternalId }).IsUnique(); // A user has one connection below another.
        builder.HasIndex(c => c.ExternalId);
        builder.HasIndex(c => c.UpdatedAt);
        builder.HasIndex(c => c.AuthorizedById).HasFilter("authorized_by_id IS NOT NULL");
    }
}

/// <summary>The connections, where the context is at hand.</summary>
public static class ConnectionSet
{
    /// <summary>Those of end users, see <see cref="Connection.IsRuntimeUser"/>.</summary>
    public static IQueryable<Connection> OfUsers(this IQueryable<Connection> rows) => rows.Where(c => c.ParentId != null && c.ExternalId != null);

    /// <summary>All others.</summary>
    public static IQueryable<Connection> NotOfUsers(this IQueryable<Connection> rows) => rows.Where(c => c.ParentId == null || c.ExternalId == null);

    extension(ConnectionsDbContext db)
    {
        /// <summary>All connections.</summary>
        public DbSet<Connection> Connections => db.Set<Connection>();

        /// <summary>The connections somebody may reach.</summary>
        public IQueryable<Connection> ConnectionsIn(ProjectScope scope)
        {
            if (scope.Ids is not { } ids) return db.Connections;
            var folders = db.Folders;
            return db.Connections.Where(c => folders.Any(f => f.Id == c.FolderId && ids.Contains(f.ProjectId)));
        }
    }
}
