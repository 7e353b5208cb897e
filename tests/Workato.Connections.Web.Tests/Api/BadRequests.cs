using System.Text;

namespace Workato.Connections.Web.Tests.Api;

/// <summary>A request that must be refused, and what the refusal must name.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">The path; <c>{id}</c> stands for a connection that is there.</param>
/// <param name="Body">The body, or null for none.</param>
/// <param name="Status">The status of the answer.</param>
/// <param name="Names">Words that stand in the answer.</param>
public sealed record BadRequest(string Method, string Path, byte[]? Body, int Status, string Names)
{
    /// <summary>The body's content type.</summary>
    public string ContentType { get; init; } = "application/json";
}

/// <summary>Everything that is wrong about requests, by what is wrong.</summary>
internal static class BadRequests
{
    private const string Connections = "/api/connections";
    private const string Profiles = "/api/custom_oauth_profiles";

    // Every address that reads a body.
    private static readonly (string Method, string Path)[] Readers =
        [("POST", Connections), ("PUT", "/api/connections/{id}"), ("POST", "/api/connections/{id}/disconnect"), ("POST", "/api/folders"), ("PUT", "/api/folders/1"), ("PUT", "/api/projects/1"), ("POST", Profiles)];

    public static IReadOnlyDictionary<string, BadRequest> All { get; } = Connection().Concat(Bodies()).Concat(Ids()).Concat(Lists()).Concat(Places()).Concat(OAuthProfiles()).ToDictionary();

    private static IEnumerable<KeyValuePair<string, BadRequest>> Connection()
    {
        yield return Post("a provider with a slip", """{"name":"x","provider":"sample_ap","input":{"api_key":"k"}}""", "did you mean 'sample_app'");
        yield return Post("a provider like no other", """{"name":"x","provider":"qqqqqqqqqq"}""", "GET /api/integrations/all");
        yield return Post("no provider", """{"name":"x"}""", "\"provider\":[");
        yield return Post("an empty provider", """{"name":"x","provider":""}""", "\"provider\":[");
        yield return Post("a provider that is a number", """{"name":"x","provider":5}""", "\"provider\":[");
        yield return Post("a provider with a NUL", "{\"name\":\"x\",\"provider\":\"rest\\u0000\"}", "\"provider\":[");
        yield return Post("no name", """{"provider":"sample_app","input":{"api_key":"k"}}""", "\"name\":[");
        yield return Post("a blank name", """{"name":" \t ","provider":"sample_app","input":{"api_key":"k"}}""", "\"name\":[");
        yield return Post("a name of 256 characters", $$"""{"name":"{{new string('n', 256)}}","provider":"rest","shell_connection":true}""", "maximum is 255");
        yield return Post("a description of 2001 characters", $$"""{"name":"x","description":"{{new string('n', 2001)}}","provider":"rest","shell_connection":true}""", "\"description\":[");
        yield return Post("an external id of 256 characters", $$"""{"name":"x","external_id":"{{new string('n', 256)}}","provider":"rest","shell_connection":true}""", "\"external_id\":[");
        yield return Post("a name that is a number", """{"name":5,"provider":"rest","shell_connection":true}""", "\"name\":[\"is not of the right form: a text");
        yield return Post("a name that is an object", """{"name":{"a":1},"provider":"rest","shell_connection":true}""", "\"name\":[");
        yield return Post("a name with a NUL", "{\"name\":\"a\\u0000b\",\"provider\":\"rest\",\"shell_connection\":true}", "\"name\":[");
        yield return Post("a description with a NUL", "{\"name\":\"x\",\"description\":\"\\u0000\",\"provider\":\"rest\",\"shell_connection\":true}", "\"description\":[");
        yield return Post("an external id with a NUL", "{\"name\":\"x\",\"external_id\":\"\\u0000\",\"provider\":\"rest\",\"shell_connection\":true}", "\"external_id\":[");
        yield return Post("a setting with a NUL", "{\"name\":\"x\",\"provider\":\"sample_app\",\"input\":{\"auth_type\":\"basic\",\"username\":\"a\\u0000b\",\"password\":\"p\"}}", "\"input.username\":[");
        yield return Post("a secret with a NUL", "{\"name\":\"x\",\"provider\":\"sample_app\",\"input\":{\"api_key\":\"a\\u0000b\"}}", "\"input.api_key\":[");
        yield return Post("a secret with a line break", """{"name":"x","provider":"sample_app","input":{"api_key":"a\r\nX-Other: b"}}""", "\"input.api_key\":[");
        yield return Post("a name with half a character", """{"name":"\ud800","provider":"rest","shell_connection":true}""", "\"name\":[");
        yield return Post("a setting with half a character", """{"name":"x","provider":"sample_app","input":{"auth_type":"basic","username":"\udc00","password":"p"}}""", "\"input.username\":[");
        yield return Post("a secret with half a character", """{"name":"x","provider":"sample_app","input":{"api_key":"\ud800"}}""", "\"input.api_key\":[");
        yield return Post("a field's name with half a character", """{"name":"x","provider":"sample_app","input":{"\ud800":"k"}}""", "message");
        yield return Of("a name that is not UTF-8", "POST", Connections, [.. "{\"name\":\""u8, 0xC3, 0x28, .. "\",\"provider\":\"rest\",\"shell_connection\":true}"u8], "\"name\":[");
        yield return Of("a secret that is not UTF-8", "POST", Connections, [.. "{\"name\":\"x\",\"provider\":\"sample_app\",\"input\":{\"api_key\":\""u8, 0xFF, .. "\"}}"u8], "\"input.api_key\":[");
        yield return Post("no field at all", """{"name":"x","provider":"sample_app","input":{}}""", "\"input.api_key\":[\"can't be blank");
        yield return Post("a missing field of another way", """{"name":"x","provider":"sample_app","input":{"auth_type":"basic","username":"bot"}}""", "\"input.password\":[");
        yield return Post("a null field", """{"name":"x","provider":"sample_app","input":{"api_key":null}}""", "\"input.api_key\":[");
        yield return Post("a field that is not the app's", """{"name":"x","provider":"sample_app","input":{"api_kee":"k","api_key":"k"}}""", "\"input.api_kee\":[\"is not a field of Sample app");
        yield return Post("a field of another way to sign in", """{"name":"x","provider":"sample_app","input":{"auth_type":"api_key","api_key":"k","password":"p"}}""", "\"input.password\":[");
        yield return Post("a field beside input", """{"name":"x","provider":"sample_app","colour":"red","input":{"api_key":"k"}}""", "\"colour\":[");
        yield return Post("a way to sign in that there is not", """{"name":"x","provider":"sample_app","input":{"auth_type":"magic"}}""", "allowed: api_key, basic");
        yield return Post("a secret of 5,000 characters", $$$"""{"name":"x","provider":"sample_app","input":{"api_key":"{{{new string('k', 5000)}}}"}}""", "\"input.api_key\":[\"is too long");
        yield return Post("a secret outside ASCII", """{"name":"x","provider":"sample_app","input":{"api_key":"schlüssel"}}""", "\"input.api_key\":[");
        yield return Post("a user name with a colon", """{"name":"x","provider":"sample_app","input":{"auth_type":"basic","username":"a:b","password":"p"}}""", "\"input.username\":[");
        yield return Post("a header that cannot be set", """{"name":"x","provider":"rest","input":{"auth_type":"headers","base_uri":"http://127.0.0.1:1","header_pair":"Host: evil"}}""", "\"input.header_pair\":[");
        yield return Post("a header without a colon", """{"name":"x","provider":"rest","input":{"auth_type":"headers","base_uri":"http://127.0.0.1:1","header_pair":"nonsense"}}""", "\"input.header_pair\":[");
        yield return Post("a secret that is an object", """{"name":"x","provider":"sample_app","input":{"api_key":{"a":"b"}}}""", "\"input.api_key\":[");
        yield return Post("a secret that is an array", """{"name":"x","provider":"sample_app","input":{"api_key":["k"]}}""", "\"input.api_key\":[");
        yield return Post("an input that is an array", """{"name":"x","provider":"sample_app","input":[]}""", "\"input\":[");
        yield return Post("an input that is a text", """{"name":"x","provider":"sample_app","input":"api_key=k"}""", "\"input\":[");
        yield return Post("a shell that is a text", """{"name":"x","provider":"rest","shell_connection":"maybe"}""", "\"shell_connection\":[");
        yield return Post("a kind of account that there is not", """{"name":"x","provider":"rest","shell_connection":true,"account":"borrowed"}""", "dedicated or personal");
        yield return Post("an environment that is a number", """{"name":"x","provider":"rest","shell_connection":true,"environment":1}""", "sandbox or production");
        yield return Post("an OAuth token pair for an app without OAuth", """{"name":"x","provider":"stripe","oauth_token_pair":{"access_token":"a"}}""", "\"oauth_token_pair\":[\"is for apps that sign in by OAuth");
        yield return Post("an OAuth token pair without an access token", """{"name":"x","provider":"sample_app","oauth_token_pair":{"refresh_token":"a"}}""", "\"oauth_token_pair.access_token\":[\"can't be blank");
        yield return Post("an OAuth token that holds what no token holds", """{"name":"x","provider":"sample_app","oauth_token_pair":{"access_token":"ä"}}""", "\"oauth_token_pair.access_token\":[\"must hold only plain ASCII");
        yield return Post("an OAuth token pair that ended long ago", """{"name":"x","provider":"sample_app","oauth_token_pair":{"access_token":"a","expires_in":-1}}""", "\"oauth_token_pair.expires_in\":[");
        foreach (var folder in new[] { "0", "-1", "999999", "\"999999\"" })
        {
            yield return Post($"the folder {folder}", $$"""{"name":"x","provider":"rest","shell_connection":true,"folder_id":{{folder}}}""", "\"folder_id\":[");
            yield return Post($"the parent {folder}", $$"""{"name":"x","provider":"rest","shell_connection":true,"parent_id":{{folder}}}""", "\"parent_id\":[");
            yield return Put($"a move to the folder {folder}", $$"""{"folder_id":{{folder}}}""", "\"folder_id\":[");
        }

        foreach (var folder in new[] { "2147483648", "1.5", "\"home\"", "true", "{}" })
            yield return Post($"the folder {folder}", $$"""{"name":"x","provider":"rest","shell_connection":true,"folder_id":{{folder}}}""", "\"folder_id\":[\"is not of the right form: a whole number");

        yield return Put("an empty new name", """{"name":""}""", "\"name\":[");
        yield return Put("a new name of 256 characters", $$"""{"name":"{{new string('n', 256)}}"}""", "\"name\":[");
        yield return Put("a new name with half a character", """{"name":"\udfff"}""", "\"name\":[");
        yield return Put("another provider", """{"provider":"sample_app"}""", "\"provider\":[\"cannot be changed");
        yield return Put("a new field that is not the app's", """{"input":{"colour":"red"}}""", "\"input.colour\":[");
        yield return Put("an empty OAuth token pair for an existing one", """{"oauth_token_pair":{}}""", "\"oauth_token_pair.access_token\":[");
        yield return Of("a force that is a number", "POST", "/api/connections/{id}/disconnect", """{"force":1}"""u8.ToArray(), "\"force\":[\"is not of the right form: true or false");
        yield return Of("an unknown word beside force", "POST", "/api/connections/{id}/disconnect", """{"violence":true}"""u8.ToArray(), "\"violence\":[");
    }

    private static IEnumerable<KeyValuePair<string, BadRequest>> Bodies()
    {
        foreach (var (method, path) in Readers)
        {
            yield return Of($"half an object to {method} {path}", method, path, "{"u8.ToArray(), "not valid JSON (line 1, position ");
            yield return Of($"no JSON to {method} {path}", method, path, "name=x"u8.ToArray(), "not valid JSON");
            yield return Of($"an array to {method} {path}", method, path, "[]"u8.ToArray(), "JSON object");
            yield return Of($"a text to {method} {path}", method, path, "\"x\""u8.ToArray(), "JSON object");
            yield return Of($"10,000 levels to {method} {path}", method, path, Encoding.ASCII.GetBytes($"{string.Concat(Enumerable.Repeat("{\"input\":", 10_000))}1{new string('}', 10_000)}"), "message");
            yield return Of($"a comment to {method} {path}", method, path, "{/* x */}"u8.ToArray(), "not valid JSON");
            yield return new($"a form to {method} {path}", new(method, path, "name=x&provider=rest"u8.ToArray(), 415, "Content-Type: application/json") { ContentType = "application/x-www-form-urlencoded" });
            yield return new($"plain text to {method} {path}", new(method, path, """{"name":"x"}"""u8.ToArray(), 415, "Content-Type: application/json") { ContentType = "text/plain" });
            if (path.EndsWith("/disconnect", StringComparison.Ordinal)) continue; // Its body is optional.
            yield return Of($"nothing to {method} {path}", method, path, [], "JSON object");
            yield return Of($"null to {method} {path}", method, path, "null"u8.ToArray(), "JSON object");
        }
    }

    private static IEnumerable<KeyValuePair<string, BadRequest>> Ids()
    {
        foreach (var id in new[] { "999999", "0", "-1", "2147483648", "99999999999999999999", "abc", "1.5" })
        {
            foreach (var (method, path, body) in new[]
            {
                ("GET", "", null), ("PUT", "", """{"name":"x"}"""), ("DELETE", "", null), ("POST", "/disconnect", null), ("POST", "/test", null), ("GET", "/call/me", null), ("POST", "/call/me", "{}"),
            })
            {
                yield return new($"{method} {id}{path}", new(method, $"/api/connections/{id}{path}", body is null ? null : Encoding.UTF8.GetBytes(body), 404, "ot found"));
            }

            yield return new($"GET profile {id}", new("GET", $"{Profiles}/{id}", null, 404, "ot found"));
            yield return new($"PUT profile {id}", new("PUT", $"{Profiles}/{id}", """{"name":"x"}"""u8.ToArray(), 404, "ot found"));
            yield return new($"DELETE profile {id}", new("DELETE", $"{Profiles}/{id}", null, 404, "ot found"));
            yield return new($"PUT folder {id}", new("PUT", $"/api/folders/{id}", """{"name":"x"}"""u8.ToArray(), 404, "ot found"));
            yield return new($"DELETE folder {id}", new("DELETE", $"/api/folders/{id}", null, 404, "ot found"));
            yield return new($"PUT project {id}", new("PUT", $"/api/projects/{id}", """{"name":"x"}"""u8.ToArray(), 404, "ot found"));
            yield return new($"DELETE project {id}", new("DELETE", $"/api/projects/{id}", null, 404, "ot found"));
        }

        yield return new("a method that there is not", new("PATCH", "/api/connections/{id}", "{}"u8.ToArray(), 405, "method"));
        yield return new("an address that there is not", new("GET", "/api/no/such/thing", null, 404, "Not found"));
        yield return new("a call through a shell", new("GET", "/api/connections/{id}/call/me", null, 409, "Connect it first"));
        yield return new("a test of a shell", new("POST", "/api/connections/{id}/test", null, 409, "Connect it first"));
    }

    private static IEnumerable<KeyValuePair<string, BadRequest>> Lists()
    {
        foreach (var list in new[] { Connections, "/api/folders", "/api/projects", "/api/integrations/all", Profiles })
        {
            foreach (var size in new[] { "0", "101", "-1", "abc", "1.5", "99999999999" }) yield return Get($"{list}?per_page={size}", "\"per_page\":[");
            foreach (var page in new[] { "0", "-1", "abc", "1000001", "99999999999" }) yield return Get($"{list}?page={page}", "\"page\":[");
        }

        foreach (var time in new[] { "yesterday", "2026-13-01T00:00:00Z", "1700000000" }) yield return Get($"{Connections}?updated_after={time}", "\"updated_after\":[");
        foreach (var state in new[] { "nonsense", "7", "0", "-1" }) yield return Get($"{Connections}?state={state}", "\"state\":[\"is not of the right form: connected, broken or disconnected");
        foreach (var id in new[] { "folder_id", "project_id", "parent_id", "before" }) yield return Get($"{Connections}?{id}=abc", $"\"{id}\":[");
        foreach (var text in new[] { "text", "provider", "external_id" }) yield return Get($"{Connections}?{text}=a%00b", $"\"{text}\":[");
        yield return Get($"{Connections}?include_runtime_connections=maybe", "\"include_runtime_connections\":[");
        yield return Get("/api/folders?parent_id=abc", "\"parent_id\":[");
        yield return Get($"{Profiles}?provider=a%00b", "\"provider\":[");
    }

    private static IEnumerable<KeyValuePair<string, BadRequest>> Places()
    {
        yield return Of("a folder without a name", "POST", "/api/folders", "{}"u8.ToArray(), "\"name\":[");
        yield return Of("a folder with a blank name", "POST", "/api/folders", """{"name":" "}"""u8.ToArray(), "\"name\":[");
        yield return Of("a folder with a name of 256 characters", "POST", "/api/folders", Encoding.ASCII.GetBytes($$"""{"name":"{{new string('n', 256)}}"}"""), "\"name\":[");
        yield return Of("a folder with a NUL", "POST", "/api/folders", "{\"name\":\"a\\u0000\"}"u8.ToArray(), "\"name\":[");
        yield return Of("a folder with half a character", "POST", "/api/folders", "{\"name\":\"\\ud800\"}"u8.ToArray(), "\"name\":[");
        yield return Of("a folder in one that there is not", "POST", "/api/folders", """{"name":"x","parent_id":999999}"""u8.ToArray(), "\"parent_id\":[");
        yield return Of("a folder in no number", "POST", "/api/folders", """{"name":"x","parent_id":"home"}"""u8.ToArray(), "\"parent_id\":[");
        yield return Of("a folder with a colour", "POST", "/api/folders", """{"name":"x","colour":"red"}"""u8.ToArray(), "\"colour\":[");
        yield return Of("a folder that is to move", "PUT", "/api/folders/1", """{"parent_id":1}"""u8.ToArray(), "\"parent_id\":[");
        yield return Of("a project without a name left", "PUT", "/api/projects/1", """{"name":""}"""u8.ToArray(), "\"name\":[");
        yield return Of("a project with a NUL", "PUT", "/api/projects/1", "{\"description\":\"a\\u0000\"}"u8.ToArray(), "\"description\":[");
        yield return Of("a project with a long description", "PUT", "/api/projects/1", Encoding.ASCII.GetBytes($$"""{"description":"{{new string('n', 2001)}}"}"""), "\"description\":[");
    }

    private static IEnumerable<KeyValuePair<string, BadRequest>> OAuthProfiles()
    {
        yield return Profile("without anything", "{}", "\"data.client_id\":[");
        yield return Profile("for an app with a slip", """{"name":"x","provider":"sample_ap","data":{"client_id":"i"}}""", "did you mean 'sample_app'");
        yield return Profile("for an app without OAuth", """{"name":"x","provider":"rest","data":{"client_id":"i"}}""", "\"provider\":[\"needs no OAuth client");
        yield return Profile("with a NUL", "{\"name\":\"a\\u0000\",\"provider\":\"rest\",\"data\":{\"client_id\":\"i\\u0000\",\"client_secret\":\"s\\u0000\"}}", "\"data.client_secret\":[");
        yield return Profile("with half a character", """{"name":"x","provider":"rest","data":{"client_id":"\ud800"}}""", "\"data.client_id\":[");
        yield return Profile("with a secret that is an object", """{"name":"x","provider":"rest","data":{"client_id":"i","client_secret":{"a":1}}}""", "\"data.client_secret\":[\"is not of the right form: a text");
        yield return Profile("with data that is a text", """{"name":"x","provider":"rest","data":"i"}""", "\"data\":[\"is not of the right form");
        yield return Profile("with a secret beside data", """{"name":"x","provider":"rest","client_secret":"s","data":{"client_id":"i"}}""", "\"client_secret\":[");
        yield return Profile("with a misspelt field of data", """{"name":"x","provider":"rest","data":{"client_idd":"i"}}""", "client_idd");
    }

    private static KeyValuePair<string, BadRequest> Profile(string what, string body, string names) => Of("a profile " + what, "POST", Profiles, Encoding.UTF8.GetBytes(body), names);

    private static KeyValuePair<string, BadRequest> Post(string what, string body, string names) => Of(what, "POST", Connections, Encoding.UTF8.GetBytes(body), names);

    private static KeyValuePair<string, BadRequest> Put(string what, string body, string names) => Of(what, "PUT", "/api/connections/{id}", Encoding.UTF8.GetBytes(body), names);

    private static KeyValuePair<string, BadRequest> Get(string path, string names) => new(path, new("GET", path, null, 400, names));

    private static KeyValuePair<string, BadRequest> Of(string what, string method, string path, byte[] body, string names) => new(what, new(method, path, body, 400, names));
}
