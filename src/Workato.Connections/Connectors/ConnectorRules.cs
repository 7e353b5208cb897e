namespace Workato.Connections.Connectors;

/// <summary>The rules that need the whole connector: what templates name must exist, what is secret must be used and stay out of addresses.</summary>
internal static class ConnectorRules
{
    public static void Check(Connector connector, YamlMap map)
    {
        CheckWays(connector, map);
        CheckAddresses(connector, map);
        foreach (var way in connector.Ways) CheckWay(connector, way, map);
        CheckOperations(connector, map);
    }

    private static void CheckWays(Connector connector, YamlMap map)
    {
        if (connector.Ways.Count > 1 && connector.ChooseBy is null)
            map.Complain("with two or more ways to sign in, 'choose_by' must name the input that chooses; write for example choose_by: auth_type", "sign_in");
        foreach (var name in Repeated(connector.Ways.Select(w => w.Name)))
            map.Complain($"two ways to sign in are called '{name}'", "sign_in");
        foreach (var way in connector.Ways)
        {
            foreach (var name in Repeated(connector.FieldsFor(way).Select(f => f.Name).Append(connector.ChooseBy ?? "")))
                map.Complain($"two fields are called '{name}' when signing in by '{way.Name}'", "sign_in");
        }
    }

    private static void CheckAddresses(Connector connector, YamlMap map)
    {
        // A base URL that all ways share is complained about once.
        var complaints = connector.Ways.SelectMany(way => AddressRules.Complaints(connector, way)).Distinct();
        foreach (var (key, complaint) in complaints) map.Complain(complaint, key);
    }

    private static void CheckWay(Connector connector, SignInWay way, YamlMap map)
    {
        var known = connector.FieldsFor(way).DistinctBy(f => f.Name).ToDictionary(f => f.Name);
        foreach (var name in way.Placement.Fields.Where(f => !known.ContainsKey(f)).Except(way.Placement.Provided).Distinct())
            map.Complain($"the way '{way.Name}' uses the field '{name}', which is not declared", "sign_in");
        foreach (var name in way.Placement.Provided.Where(known.ContainsKey))
            map.Complain($"the way '{way.Name}' asks for '{name}', which the app tells by itself; choose another name", "sign_in");
        foreach (var unused in known.Values.Where(f => f.Secret && !way.Placement.Fields.Contains(f.Name)))
            map.Complain($"the secret '{unused.Name}' of the way '{way.Name}' is asked for but put nowhere", "sign_in");
        foreach (var name in way.Test.Path.Fields.Where(f => !known.TryGetValue(f, out var field) || field.Secret).Except(way.Placement.Learned))
            map.Complain($"the test's path names '{name}', which is not a setting of the way '{way.Name}'", "test");
    }

    private static void CheckOperations(Connector connector, YamlMap map)
    {
        foreach (var name in Repeated(connector.Operations.Select(o => o.Name)))
            map.Complain($"two operations are called '{name}'", "operations");
        foreach (var operation in connector.Operations)
        {
            var inPath = operation.Fields.Where(f => f.In == "path").Select(f => f.Field.Name).ToHashSet();
            var settings = connector.Fields.Where(f => !f.Secret).Select(f => f.Name);
            if (!inPath.IsSubsetOf(operation.Path.Fields) || operation.Path.Fields.Except(settings).Any(f => !inPath.Contains(f)))
                map.Complain($"the operation '{operation.Name}' must declare exactly the fields in its path, with in: path", "operations");
        }
    }

    private static IEnumerable<string> Repeated(IEnumerable<string> names) =>
        names.Where(n => n.Length > 0).GroupBy(n => n).Where(g => g.Count() > 1).Select(g => g.Key);
}
