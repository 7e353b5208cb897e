using Workato.Connections.AuthMethods;

namespace Workato.Connections.Connectors;

/// <summary>Reads the ways to sign in of a connector file.</summary>
internal static class WayReader
{
    /// <param name="map">The file.</param>
    /// <param name="baseUrl">Where the app is, unless a way says otherwise.</param>
    /// <param name="test">What proves a connection, unless a way says otherwise.</param>
    public static IReadOnlyList<SignInWay> Read(YamlMap map, Template baseUrl, TestRequest test)
    {
        var ways = map.Maps("sign_in").Select(way => Way(way, baseUrl, test)).ToArray();
        if (ways.Length == 0) map.Complain("'sign_in' needs at least one way to sign in", "sign_in");
        return ways;
    }

    private static SignInWay Way(YamlMap map, Template baseUrl, TestRequest test)
    {
        var methodName = map.Text("method", AuthMethodNames.ApiKey);
        var method = AuthMethodCatalog.Find(methodName);
        if (method is null && methodName.Length > 0)
            map.Complain($"there is no method '{methodName}'; write one of {string.Join(", ", AuthMethodCatalog.Names)}", "method");

        var placement = new Placement
        {
            UserName = map.TemplateOrNull("username"),
            Password = map.TemplateOrNull("password"),
            Headers = map.Templates("headers"),
            Query = map.Templates("query"),
            Cookies = map.Templates("cookies"),
            HeadersFrom = map.TextOrNull("headers_from"),
            QueryFrom = map.TextOrNull("query_from"),
            OAuth1 = OAuth1Reader.Read(map),
            OAuth2 = OAuth2Reader.Read(map),
        };
        var way = new SignInWay(
            map.Text("name", methodName), map.Text("title", "API key"), method!, [.. map.Maps("fields").Select(FieldReader.Read), .. ImpliedFields.Of(placement)], placement,
            map.TemplateOrNull("base_url") ?? baseUrl, map.MapOrNull("test") is { } own ? TestReader.Read(own) : test);
        if (method?.Complaint(placement) is { } complaint) map.Complain(complaint, "method");
        map.RefuseUnknownKeys();
        return way;
    }
}
