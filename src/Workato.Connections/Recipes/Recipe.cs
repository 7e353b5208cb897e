using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Workato.Connections.Projects;

namespace Workato.Connections.Recipes;

/// <summary>What happens between apps, step by step, through connections: one per connector.</summary>
public sealed class Recipe
{
    /// <summary>The longest name, in characters.</summary>
    public const int MaxNameLength = 255;

    /// <summary>The longest description, in characters.</summary>
    public const int MaxDescriptionLength = 2000;

    /// <summary>The id in the API.</summary>
    public int Id { get; init; }

    /// <summary>Not unique, as in Workato.</summary>
    public required string Name { get; set; }

    /// <summary>What it is for.</summary>
    public string? Description { get; set; }

    /// <summary>The folder it lies in, and thereby its project.</summary>
    public required int FolderId { get; set; }

    /// <summary>What starts it.</summary>
    public RecipeType Type { get; set; }

    /// <summary>The steps, in Workato's code format: the trigger, a JSON object, with the steps behind it in its <c>block</c>.</summary>
    public required string Code { get; set; }

    /// <summary>Goes up with every change of the code; from 1.</summary>
    public int Version { get; set; } = 1;

    /// <summary>Whether it is started. A running recipe cannot be changed.</summary>
    public bool Running { get; set; }

    /// <summary>When it was last started.</summary>
    public DateTimeOffset? StartedAt { get; set; }

    /// <summary>When it was last stopped.</summary>
    public DateTimeOffset? StoppedAt { get; set; }

    /// <summary>Why the product stopped it, see <see cref="StopCauses"/>; null where somebody did.</summary>
    public string? StopCause { get; set; }

    /// <summary>The same in words fit to show.</summary>
    public string? StopReason { get; set; }

    /// <summary>The connection whose errors stopped it: when that comes back, the recipe can be started again.</summary>
    public int? StoppedByConnectionId { get; set; }

    /// <summary>How often in a row its trigger failed.</summary>
    public int TriggerErrors { get; set; }

    /// <summary>Why its trigger failed last; null where it did not.</summary>
    public string? TriggerError { get; set; }

    /// <summary>How many jobs in a row failed because an app refused or broke off.</summary>
    public int ActionErrors { get; set; }

    /// <summary>What its webhook's address ends in: nobody guesses it.</summary>
    public string? WebhookToken { get; set; }

    /// <summary>How far its polling trigger has come; null before the first look.</summary>
    public string? Cursor { get; set; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was changed.</summary>
    public required DateTimeOffset UpdatedAt { get; set; }

    /// <summary>Workato's <c>config</c>: one entry a connector.</summary>
    public List<RecipeConnection> Connections { get; init; } = [];
}

/// <summary>What starts a recipe.</summary>
public enum RecipeType
{
    /// <summary>Its trigger: a schedule, a webhook, new records.</summary>
    Standard,

    /// <summary>Another recipe or a script, which waits for the result.</summary>
    Callable,

    /// <summary>A command in a chat.</summary>
    Workbot,
}

/// <summary>Why the product stopped a recipe: Workato's words where it has them.</summary>
public static class StopCauses
{
    /// <summary>60 errors of the trigger in a row.</summary>
    public const string TriggerErrors = "trigger_errors_limit";

    /// <summary>5 jobs in a row that an app refused; ours.</summary>
    public const string ActionErrors = "action_errors_limit";

    /// <summary>A connection of it was disconnected or deleted by force; ours.</summary>
    public const string ConnectionRemoved = "connection_removed";
}

/// <summary>The connection a recipe uses for one connector. One per connector is the primary key, not a rule to be checked.</summary>
public sealed class RecipeConnection
{
    /// <summary>The recipe.</summary>
    public int RecipeId { get; init; }

    /// <summary>The connector; a secondary connector is another one.</summary>
    public required string Provider { get; init; }

    /// <summary>The connection; null while none was chosen.</summary>
    public int? ConnectionId { get; set; }

    /// <summary>Kept as it was sent: Workato's tools send it back.</summary>
    public bool SkipValidation { get; set; }

    /// <summary>Whether a run on behalf of a user goes through that user's own connection, a child of this one.</summary>
    public bool RuntimeUserConnections { get; set; }
}

/// <summary>A recipe's code as it was.</summary>
public sealed class RecipeVersion
{
    /// <summary>The recipe.</summary>
    public int RecipeId { get; init; }

    /// <summary>From 1.</summary>
    public required int Number { get; init; }

    /// <summary>The recipe's name then.</summary>
    public required string Name { get; init; }

    /// <summary>The steps then.</summary>
    public required string Code { get; init; }

    /// <summary>Who made it.</summary>
    public required string Author { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}

internal sealed class RecipeConfiguration : IEntityTypeConfiguration<Recipe>, IEntityTypeConfiguration<RecipeConnection>, IEntityTypeConfiguration<RecipeVersion>
{
    public void Configure(EntityTypeBuilder<Recipe> builder)
    {
        builder.ToTable("recipes");
        builder.Property(r => r.Name).HasMaxLength(Recipe.MaxNameLength);
        builder.Property(r => r.Description).HasMaxLength(Recipe.MaxDescriptionLength);
        builder.Property(r => r.Type).HasConversion<string>().HasMaxLength(16);
        builder.Property(r => r.StopCause).HasMaxLength(64);
        builder.Property(r => r.WebhookToken).HasMaxLength(64);
        builder.HasIndex(r => r.WebhookToken).IsUnique();
        builder.HasOne<Connection>().WithMany().HasForeignKey(r => r.StoppedByConnectionId).OnDelete(DeleteBehavior.SetNull);
        // Whoever changes it and whoever starts it see each other.
        builder.Property(r => r.Version).IsConcurrencyToken();
        builder.Property(r => r.Running).IsConcurrencyToken();
        builder.HasOne<Folder>().WithMany().HasForeignKey(r => r.FolderId).OnDelete(DeleteBehavior.Restrict);
        builder.HasMany(r => r.Connections).WithOne().HasForeignKey(c => c.RecipeId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(r => new { r.FolderId, r.Id });
        builder.HasIndex(r => new { r.Running, r.Id });
        builder.HasIndex(r => r.UpdatedAt);
    }

    public void Configure(EntityTypeBuilder<RecipeConnection> builder)
    {
        builder.ToTable("recipe_connections");
        builder.HasKey(c => new { c.RecipeId, c.Provider });
        builder.Property(c => c.Provider).HasMaxLength(64);
        builder.HasOne<Connection>().WithMany().HasForeignKey(c => c.ConnectionId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(c => c.ConnectionId);
        builder.HasIndex(c => c.Provider);
    }

    public void Configure(EntityTypeBuilder<RecipeVersion> builder)
    {
        builder.ToTable("recipe_versions");
        builder.HasKey(v => new { v.RecipeId, v.Number });
        builder.Property(v => v.Name).HasMaxLength(Recipe.MaxNameLength);
        builder.HasOne<Recipe>().WithMany().HasForeignKey(v => v.RecipeId).OnDelete(DeleteBehavior.Cascade);
    }
}
