using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Workato.Connections.Authorizing;
using Workato.Connections.Authorizing.Profiles;
using Workato.Connections.Data;
using Workato.Connections.Data.Work;
using Workato.Connections.Recipes.Apps;
using Workato.Connections.Recipes.Inputs;
using Workato.Connections.Recipes.Jobs;

namespace Workato.Connections.Recipes.Workbot;

/// <summary>Slash commands of Slack: each makes a job of the recipe that listens to it, on behalf of whoever wrote it.</summary>
public sealed class WorkbotCommands(ConnectionsDbContext db, StoredCredentials stored, JobStarts starts, RunUsers users, ReplyAddresses replies, TimeProvider time)
{
    private const int MaxExternalIdLength = Connection.MaxExternalIdLength;

    /// <summary>Why a request is not one of the Slack app of this profile, in words; null where it is.</summary>
    public async Task<string?> ProblemAsync(int profileId, string? timestamp, string? signature, ReadOnlyMemory<byte> body, CancellationToken cancel)
    {
        var profile = await db.CustomOAuthProfiles.AsNoTracking().SingleOrDefaultAsync(p => p.Id == profileId && p.Provider == BuiltInApps.Workbot, cancel);
        return SlackSignature.Problem(profile is null ? null : stored.SigningSecret(profile), timestamp, signature, body.Span, time.GetUtcNow());
    }

    /// <summary>Does what a command asks for, once.</summary>
    public async Task<WorkbotOutcome> ReceiveAsync(int profileId, WorkbotCommand command, CancellationToken cancel)
    {
        if (command.ExternalId.Length > MaxExternalIdLength) return new() { Problem = "Who wrote this cannot be read." };
        if (command.AsksForConnections) return await IsFirstAsync(command, cancel) ? new() { AskedFor = command.ExternalId } : new();
        if (await ListenerAsync(profileId, command.Command, cancel) is not { } recipe)
            return new() { Problem = $"Nothing here listens to {command.Command}: its recipe may be stopped." };

        if (await users.MissingAsync(recipe, command.ExternalId, new Dictionary<string, int>(), cancel) is { } missing)
        {
            if (!await IsFirstAsync(command, cancel)) return new();
            return missing.Connect.Count > 0 ? new() { Connect = missing.Connect } : new() { Problem = missing.Message };
        }

        var job = starts.Add(recipe, new($"{command.Command} by {command.UserName ?? command.UserId}", Data(recipe.Id, command)) { ExternalId = command.ExternalId });
        if (!await IsFirstAsync(command, cancel)) return new();
        starts.Announce();
        return new() { JobId = job.Id };
    }

    // A request is remembered in the transaction of what it brings about, longer than its timestamp is good for.
    private async Task<bool> IsFirstAsync(WorkbotCommand command, CancellationToken cancel)
    {
        db.Add(new WorkItem { Id = command.Number, Kind = SeenRequests.Work, Subject = 0, DueAt = time.GetUtcNow() + (2 * SlackSignature.Tolerance) });
        try
        {
            await db.SaveChangesAsync(cancel);
            return true;
        }
        catch (DbUpdateException e) when (db.IsUniqueViolation(e))
        {
            db.ChangeTracker.Clear();
            return false;
        }
    }

    // The first that was made, where several listen.
    private async Task<Recipe?> ListenerAsync(int profileId, string command, CancellationToken cancel)
    {
        var bots = db.Connections.Where(c => c.Provider == BuiltInApps.Workbot && c.CustomOAuthProfileId == profileId);
        var running = await db.Recipes.AsNoTracking().Include(r => r.Connections)
            .Where(r => r.Running && r.Type == RecipeType.Workbot && r.Connections.Any(c => c.Provider == BuiltInApps.Workbot && bots.Any(b => b.Id == c.ConnectionId)))
            .OrderBy(r => r.Id).ToListAsync(cancel);
        return running.Find(r => RecipeReader.Read(r.Code).Value is { } trigger && IsOf(JsonNode.Parse(trigger.Input.ValueKind == JsonValueKind.Object ? trigger.Input.GetRawText() : "{}").Text("command"), command));
    }

    private static bool IsOf(string? listensTo, string command) => listensTo is not null && listensTo.Trim().TrimStart('/').Equals(command.Trim().TrimStart('/'), StringComparison.OrdinalIgnoreCase);

    private JsonElement Data(int recipeId, WorkbotCommand c)
    {
        var data = new JsonObject { ["command"] = c.Command, ["text"] = c.Text, ["user_id"] = c.UserId, ["user_name"] = c.UserName, ["team_id"] = c.TeamId, ["channel_id"] = c.ChannelId };
        if (c.ResponseUrl is { } address) data[ReplyAddresses.Field] = replies.Seal(recipeId, address);
        return JsonSerializer.SerializeToElement(data);
    }
}
