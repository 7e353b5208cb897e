using Workato.Connections.AuthMethods;

namespace Workato.Connections.Connectors;

/// <summary>Reads the ways to sign in of a connector file.</summary>
internal static class WayReader
{
    public static IReadOnlyList<SignInWay> Read(YamlMap map)
    {
        var ways = map.Maps("sign_in").Select(Way).ToArray();
        if (ways.Length == 0) map.Complain("'sign_in' needs at least one way to sign in", "sign_in");
        return ways;
    }

    private static SignInWay Way(YamlMap map)
    {
        var methodName = map.Text("method", AuthMethodNames.ApiKey);
        var method = AuthMethodCatalog.Find(methodName);
        if (method is null && methodName.Length > 0)
            map.Complain($"there is no method '{methodName}'; write one of {string.Join(", ", AuthMethodCatalog.Names)}", "method");

        var placement = new Placement
        {
            UserName = TemplateOrNull(map, "username"),
            Password = TemplateOrNull(map, "password"),
            Headers = Templates(map, "headers"),
            Query = Templates(map, "query"),
            Cookies = Templates(map, "cookies"),
            HeadersFrom = map.TextOrNull("headers_from"),
            QueryFrom = map.TextOrNull("query_from"),
        };
        var way = new SignInWay(map.Text("name", methodName), map.Text("title", "API key"), method!, [.. map.Maps("fields").Select(FieldReader.Read)], placement);
        if (method?.Complaint(placement) is { } complaint) map.Complain(complaint, "method");
        map.RefuseUnknownKeys();
        return way;
    }

    private static Template? TemplateOrNull(YamlMap map, string key) => map.Has(key) ? Template.Parse(map.TextOrNull(key)!) : null;

    private static Dictionary<string, Template> Templates(YamlMap map, string key) =>
        map.Pairs(key).ToDictionary(p => p.Key, p => Template.Parse(p.Value), StringComparer.OrdinalIgnoreCase);
}
