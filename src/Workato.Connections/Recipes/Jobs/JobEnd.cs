using System.Text.Json;

namespace Workato.Connections.Recipes.Jobs;

/// <summary>How running a job ended, for now or for good.</summary>
public abstract record JobEnd
{
    /// <summary>All is done, perhaps with a result for whoever called.</summary>
    public sealed record Done(JsonElement? Returned = null) : JobEnd;

    /// <summary>A step failed.</summary>
    public sealed record Failed(JobErrorKind Kind, string Words, int Step, int? ConnectionId = null) : JobEnd;

    /// <summary>It goes on later: an app wants to be asked again, or a called recipe is not done yet.</summary>
    public sealed record PutOff(TimeSpan For) : JobEnd;
}
