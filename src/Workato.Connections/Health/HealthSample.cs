using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Workato.Connections.Projects;

namespace Workato.Connections.Health;

/// <summary>How many connections of a project were in which state at a full hour: what the charts are drawn from.</summary>
public sealed class HealthSample
{
    /// <summary>The project.</summary>
    public required int ProjectId { get; init; }

    /// <summary>The hour.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The app accepted the credentials last time.</summary>
    public int Working { get; set; }

    /// <summary>The app could not be asked, or new tokens could not be got.</summary>
    public int InTrouble { get; set; }

    /// <summary>Lost.</summary>
    public int Broken { get; set; }

    /// <summary>Without credentials, or never tested.</summary>
    public int NotConnected { get; set; }
}

internal sealed class HealthSampleConfiguration : IEntityTypeConfiguration<HealthSample>
{
    public void Configure(EntityTypeBuilder<HealthSample> builder)
    {
        builder.ToTable("health_samples");
        builder.HasKey(s => new { s.ProjectId, s.At });
        builder.HasOne<Project>().WithMany().HasForeignKey(s => s.ProjectId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(s => s.At);
    }
}
