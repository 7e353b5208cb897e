using System.Globalization;
using Workato.Connections.Authorizing;
using Workato.Connections.Connectors;

namespace Workato.Connections;

/// <summary>What a runtime user connection takes from its parent: settings, way to sign in, OAuth app and scopes, but not its tokens.</summary>
public sealed class InheritedInput(StoredCredentials stored)
{
    /// <summary>As somebody would enter it. It holds the secrets among the parent's fields: for sealing, never for showing.</summary>
    internal Dictionary<string, string?> Of(Connection parent, Connector connector)
    {
        var input = new Dictionary<string, string?>();
        if (stored.OpenWhatCanBe(parent, connector) is not { } open) return input;
        if (connector.ChooseBy is { } chooser) input[chooser] = open.Way.Name;
        foreach (var field in connector.FieldsFor(open.Way))
        {
            if (open.Given.Settings.TryGetValue(field.Name, out var setting)) input[field.Name] = setting;
            else if (open.Given.Secrets.TryGetValue(field.Name, out var secret)) input[field.Name] = secret.Reveal();
        }

        // Also where the parent had the only one there was then.
        if (parent.CustomOAuthProfileId is { } profile && open.Way.Placement.NeedsProfile) input[ImpliedFields.Profile] = profile.ToString(CultureInfo.InvariantCulture);
        return input;
    }
}
