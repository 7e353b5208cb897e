using System.Text.Json;
using System.Text.Json.Nodes;

namespace Workato.Connections.Web.Tests.Support;

/// <summary>Recipes on the sample app, in a word.</summary>
public static class Recipes
{
    /// <summary>Steps of a callable recipe: leaves a note, looks at all of them, returns the note's author.</summary>
    public const string Notes = """
        {"keyword":"trigger","provider":"workato_recipe_function","name":"execute","as":"call","block":[
         {"keyword":"action","provider":"sample_app","name":"create_note","as":"note","input":{"text":"Hello {{ call.name }}"}},
         {"keyword":"action","provider":"sample_app","name":"list_notes","as":"notes","input":{}},
         {"keyword":"if","input":{"type":"compound","operand":"and","conditions":[{"operand":"contains","lhs":"{{ note.text }}","rhs":"Ada"}]},"block":[
          {"keyword":"foreach","source":"{{ notes }}","as":"each","block":[{"keyword":"action","provider":"logger","name":"log_message","input":{"message":"{{ each.author }} wrote: {{ each.text }}"}}]}]},
         {"keyword":"action","provider":"workato_recipe_function","name":"return_result","input":{"result":{"by":"{{ note.author }}"}}}]}
        """;

    extension(Product product)
    {
        /// <summary>A connection to the sample app; its id.</summary>
        public async Task<int> ConnectionAsync(string name, int? folder = null) =>
            (await product.Api.SendAsync("/api/connections", new { name, provider = "sample_app", folder_id = folder, input = new { auth_type = "api_key", api_key = "sample-key-bot" } })).Ok().Json.Id;

        /// <summary>A recipe that uses a connection to the sample app, started or not; its id.</summary>
        public async Task<int> RecipeAsync(string name, int connection, bool start = true, string code = Notes, int? folder = null)
        {
            var config = JsonSerializer.Serialize(new[] { new { keyword = "application", provider = "sample_app", account_id = connection } });
            var id = (await product.Api.SendAsync("/api/recipes", new { name, code, config, folder_id = folder })).Ok().Json.Id;
            if (start) (await product.Api.ChangeAsync($"/api/recipes/{id}/start", new { })).Ok().Json["success"]!.GetValue<bool>().ShouldBeTrue();
            return id;
        }

        /// <summary>The recipe as the API shows it now.</summary>
        public async Task<JsonObject> ReadRecipeAsync(int id) => (await product.Api.ReadAsync($"/api/recipes/{id}")).Ok().Json;

        /// <summary>The connection a recipe uses.</summary>
        public async Task<int?> ConnectionOfAsync(int recipe) => (await product.ReadRecipeAsync(recipe))["config"]![0]!["account_id"]?.GetValue<int>();
    }
}
