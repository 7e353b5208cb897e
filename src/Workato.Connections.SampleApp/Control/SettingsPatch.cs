using System.Text.Json;
using System.Text.Json.Nodes;

namespace Workato.Connections.SampleApp.Control;

/// <summary>Changes of settings that name only what changes; null is a value like any other there.</summary>
internal static class SettingsPatch
{
    /// <summary>The settings with what the body says, or what is wrong with the body.</summary>
    public static async Task<(T? Settings, IResult? Problem)> ReadAsync<T>(HttpRequest request, T current) where T : class
    {
        if (await Answers.ReadAsync<JsonObject>(request) is not { } wish)
            return (null, Answers.Problem(StatusCodes.Status400BadRequest, "invalid_request", "Send a JSON object."));

        var settings = JsonSerializer.SerializeToNode(current, Answers.Options)!.AsObject();
        foreach (var (name, value) in wish)
        {
            // A field that is misspelt would otherwise do nothing, in silence.
            if (!settings.ContainsKey(name)) return (null, Answers.Invalid(name, $"{name} is none of {string.Join(", ", settings.Select(each => each.Key))}."));
            settings[name] = value?.DeepClone();
        }

        try
        {
            return (settings.Deserialize<T>(Answers.Options), null);
        }
        catch (JsonException wrong)
        {
            var name = wrong.Path?.TrimStart('$', '.') ?? "";
            return (null, Answers.Invalid(name, $"{name} is of the wrong type."));
        }
    }
}
