using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace Workato.Connections.Web.Tests.Support;

/// <summary>What the server answered, read to its end.</summary>
public sealed record Answer(int Status, string Text, string? MediaType, HttpResponseHeaders Headers)
{
    /// <summary>The body as a JSON object.</summary>
    public JsonObject Json => JsonNode.Parse(Text)!.AsObject();

    /// <summary>The body as a JSON array.</summary>
    public JsonArray Items => JsonNode.Parse(Text)!.AsArray();

    /// <summary>The ids in a list, in its order.</summary>
    public IEnumerable<int> Ids => Items.Select(item => item!["id"]!.GetValue<int>());

    /// <summary>Workato's <c>message</c>.</summary>
    public string Message => Json["message"]!.GetValue<string>();

    /// <summary>Names of the fields a validation complains about.</summary>
    public IEnumerable<string> Fields => Json["errors"] is JsonObject errors ? errors.Select(e => e.Key) : [];

    /// <summary>Everything the server said: body and headers.</summary>
    public string Everything => $"{Headers}\n{Text}";

    /// <summary>This answer, provided that its status is 200.</summary>
    public Answer Ok() => Is(200);

    /// <summary>This answer, provided that it has that status.</summary>
    public Answer Is(int status)
    {
        Status.ShouldBe(status, Text);
        return this;
    }
}

/// <summary>Requests in a word.</summary>
public static class Requests
{
    extension(HttpClient http)
    {
        /// <summary>Sends a request, with a JSON body where one is given.</summary>
        public async Task<Answer> AskAsync(HttpMethod method, string path, object? body = null)
        {
            using var request = new HttpRequestMessage(method, path);
            if (body is not null) request.Content = body as HttpContent ?? JsonContent.Create(body);
            return await http.AskAsync(request);
        }

        /// <summary>Sends a request.</summary>
        public async Task<Answer> AskAsync(HttpRequestMessage request)
        {
            using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
            var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            return new((int)response.StatusCode, text, response.Content.Headers.ContentType?.MediaType, response.Headers);
        }

        /// <summary>GET.</summary>
        public Task<Answer> ReadAsync(string path) => http.AskAsync(HttpMethod.Get, path);

        /// <summary>POST.</summary>
        public Task<Answer> SendAsync(string path, object? body = null) => http.AskAsync(HttpMethod.Post, path, body);

        /// <summary>PUT.</summary>
        public Task<Answer> ChangeAsync(string path, object body) => http.AskAsync(HttpMethod.Put, path, body);

        /// <summary>DELETE.</summary>
        public Task<Answer> RemoveAsync(string path) => http.AskAsync(HttpMethod.Delete, path);
    }
}

/// <summary>Properties in a word.</summary>
public static class Properties
{
    extension(JsonObject json)
    {
        /// <summary>The property <c>id</c>.</summary>
        public int Id => json["id"]!.GetValue<int>();

        /// <summary>A property as text, or null.</summary>
        public string? Text(string name) => json[name]?.GetValue<string>();
    }
}
