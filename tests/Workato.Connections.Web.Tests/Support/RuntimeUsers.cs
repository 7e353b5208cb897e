using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Workato.Connections.Web.Tests.Support;

/// <summary>Recipes that run on behalf of users, and the users who connect their own accounts of the sample app.</summary>
public static partial class RuntimeUsers
{
    /// <summary>A recipe that writes a note and returns it.</summary>
    public static object WriteNote { get; } = new
    {
        keyword = "trigger",
        provider = "workato_recipe_function",
        name = "execute",
        @as = "call",
        block = new object[]
        {
            new { keyword = "action", provider = "sample_app", name = "create_note", @as = "note", input = new { text = "{{ call.text }}" } },
            new { keyword = "action", provider = "workato_recipe_function", name = "return_result", input = new { result = "{{ note }}" } },
        },
    };

    extension(Product product)
    {
        /// <summary>A connection by OAuth to the sample app that may write, as the bot.</summary>
        public async Task<int> ParentAsync()
        {
            await product.SampleApp.OAuth2Async(new { consent = "allow" });
            using var somebody = new Traveller(product);
            var id = (await product.Api.SendAsync("/api/connections", new { name = "Notes", provider = "sample_app", shell_connection = true, input = new { auth_type = "oauth2", scopes = "profile notes.read notes.write" } })).Ok().Json.Id;
            (await somebody.ReturnAsync(await somebody.LeaveAsync(id))).Ok();
            return id;
        }

        /// <summary>Makes a recipe with this connection of the sample app.</summary>
        public async Task<int> RecipeAsync(object code, int connection, bool ofUsers = true, string provider = "sample_app") => (await product.Api.SendAsync("/api/recipes",
            new { name = "Write a note", code = JsonSerializer.Serialize(code), config = Config(connection, ofUsers, provider) })).Ok().Json.Id;

        /// <summary>Starts it.</summary>
        public async Task StartAsync(int recipe) => (await product.Api.ChangeAsync($"/api/recipes/{recipe}/start", new { })).Ok().Json["success"]!.GetValue<bool>().ShouldBeTrue();

        /// <summary>Calls it on behalf of a user, or of nobody.</summary>
        public Task<Answer> CallAsync(int recipe, string? user, object? connections = null, string text = "Hello") =>
            product.Api.SendAsync($"/api/recipes/{recipe}/call", new { input = new { text }, external_id = user, connections });

        /// <summary>Asks for a user's own connection.</summary>
        public async Task<JsonObject> AskForAsync(int parent, string user, string? callback = null, string? redirect = null) => (await product.Api.SendAsync("/api/connections/runtime_user_connections",
            new { parent_id = parent, folder_id = await product.HomeFolderAsync(), external_id = user, callback_url = callback, redirect_url = redirect })).Ok().Json["data"]!.AsObject();

        /// <summary>The folder everything lies in here.</summary>
        public async Task<int> HomeFolderAsync() => (await product.Api.ReadAsync("/api/folders")).Ok().Items[0]!["id"]!.GetValue<int>();

        /// <summary>Somebody opens the link and signs in at the sample app with this account; the page they end on.</summary>
        public async Task<Answer> ConnectAsync(string url, string account)
        {
            await product.SampleApp.OAuth2Async(new { consent = "ask" });
            using var somebody = new Traveller(product);
            var link = new Uri(url).AbsolutePath;
            var asks = Traveller.Onward(await somebody.Browser.Http.SendAsync(link, new FormUrlEncodedContent(await somebody.Browser.FormAsync(link))));
            var ticket = Ticket().Match((await somebody.Browser.Http.ReadAsync(asks.AbsoluteUri)).Ok().Text).Groups[1].Value;
            var back = await somebody.Browser.Http.SendAsync(asks.GetLeftPart(UriPartial.Path), new FormUrlEncodedContent([new("ticket", ticket), new("account", account), new("decision", "allow")]));
            return await somebody.ReturnAsync(back.Is(303).Headers.Location!.PathAndQuery);
        }
    }

    /// <summary>A recipe's config as Workato's tools send it.</summary>
    public static string Config(int? connection, bool ofUsers, string provider = "sample_app") =>
        JsonSerializer.Serialize(new[] { new { keyword = "application", provider, account_id = connection, runtime_user_connections = ofUsers } });

    [GeneratedRegex("name=\"ticket\"[^>]*value=\"([^\"]+)\"")]
    private static partial Regex Ticket();
}
