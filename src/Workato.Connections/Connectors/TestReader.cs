using Workato.Connections.AuthMethods;
using Workato.Connections.AuthMethods.ApiKey;

namespace Workato.Connections.Connectors;

/// <summary>Reads a test request of a connector file.</summary>
internal static class TestReader
{
    public static TestRequest Read(YamlMap test)
    {
        var identity = test.Texts("identity");
        if (identity.Any(p => !p.StartsWith('/'))) test.Complain("an identity is a JSON pointer and begins with '/', for example /user/email", "identity");
        var accept = test.Has("accept") ? StatusRanges.Parse(test.Texts("accept")) : StatusRanges.Success;
        if (accept is null) test.Complain("'accept' is a list of statuses, for example [200-299, 404]", "accept");

        var request = new TestRequest(
            test.Method("GET"), test.Path(test.TextOrNull("path") ?? ""), test.Pairs("headers").ToDictionary(), test.TextOrNull("body"), identity, accept ?? StatusRanges.Success);
        foreach (var name in request.Headers.Keys.Where(n => PairLines.Headers.Problem(n + ":") is not null))
            test.Complain($"'headers' cannot set '{name}'; write a name such as X-Api-Version", "headers");
        if (!test.Has("path")) test.Complain("'path' is missing; write for example path: /me", "path");
        test.RefuseUnknownKeys();
        return request;
    }

    /// <summary>The path of a request behind the base URL.</summary>
    public static Template Path(this YamlMap map, string text)
    {
        // Put behind a base URL that is only a host, anything but a slash would become part of the host.
        if (text.Length > 0 && !text.StartsWith('/')) map.Complain($"'path' must begin with /; write for example path: /{text}", "path");
        return Template.Parse(text);
    }

    /// <summary>The method of a request.</summary>
    public static HttpMethod Method(this YamlMap map, string otherwise)
    {
        var name = map.TextOrNull("method") ?? otherwise;
        if (name is not ("GET" or "HEAD" or "POST" or "PUT" or "PATCH" or "DELETE")) map.Complain($"'method' must be GET, HEAD, POST, PUT, PATCH or DELETE, not '{name}'", "method");
        return new(name);
    }
}
