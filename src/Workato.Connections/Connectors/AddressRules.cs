using Workato.Connections.AuthMethods;

namespace Workato.Connections.Connectors;

/// <summary>What must hold for the addresses of a connector, so that no setting can move a request to another host.</summary>
internal static class AddressRules
{
    /// <summary>What is wrong with the addresses of one way to sign in, each with the key to look at.</summary>
    public static IEnumerable<(string Key, string Complaint)> Complaints(Connector connector, SignInWay way)
    {
        var known = connector.FieldsFor(way).DistinctBy(f => f.Name).ToDictionary(f => f.Name);
        string[] learned = [.. way.Placement.Learned];
        foreach (var complaint in Of("base_url", way.BaseUrl, known, learned)) yield return ("base_url", complaint);
        foreach (var (key, address) in way.Placement.Addresses)
        {
            // What is asked to learn something may hold what was learned before it.
            foreach (var complaint in Of(key, address, known, learned)) yield return ("sign_in", complaint);
        }
    }

    private static IEnumerable<string> Of(string key, Template address, Dictionary<string, ConnectorField> known, string[] learned)
    {
        foreach (var name in address.Fields.Where(f => !known.ContainsKey(f)).Except(learned))
            yield return $"'{key}' names the field '{name}', which is not under 'fields'";

        var fields = address.Fields.Where(known.ContainsKey).Select(f => known[f]).ToArray();
        foreach (var secret in fields.Where(f => f.Secret))
            yield return $"the secret '{secret.Name}' must not stand in an address";

        if (address.BeginsWithField)
        {
            if (known.TryGetValue(address.Fields[0], out var first) && first.Control != Controls.Url)
                yield return $"'{key}' begins with '{first.Name}', which therefore needs control: url";
        }
        else if (!address.Text.StartsWith("https://", StringComparison.Ordinal))
        {
            yield return $"'{key}' must begin with https:// (or with a field of control: url)";
        }
        else if (!Uri.TryCreate(address.Fill(_ => "x"), UriKind.Absolute, out _))
        {
            yield return $"'{key}' makes no address; write for example {key}: https://api.acme.example/v2";
        }
        else
        {
            var host = Template.Parse(address.Text["https://".Length..].Split('/')[0]);
            foreach (var field in fields.Where(f => host.Fields.Contains(f.Name) && !Controls.InHost.Contains(f.Control)))
                yield return $"'{field.Name}' stands in the host and therefore needs control: {string.Join(", ", Controls.InHost)}";
        }
    }
}
