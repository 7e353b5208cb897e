using Microsoft.EntityFrameworkCore;
using Workato.Connections.Projects;
using Workato.Connections.Recipes;
using Workato.Connections.Tests.Support;

namespace Workato.Connections.Tests.Recipes;

/// <summary>Connections and recipes that use them, in a word.</summary>
public static class RecipesInUse
{
    private const string Code = """
        {"keyword":"trigger","provider":"workato_recipe_function","name":"execute","as":"call","block":[
         {"keyword":"action","provider":"test_desk","name":"__adhoc_http_action","as":"asked","input":{"verb":"GET","path":"/me"}}]}
        """;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    extension(Workspace workspace)
    {
        /// <summary>A connection that counts as connected, without an app behind it.</summary>
        public async Task<Connection> ConnectedAsync(string name, int? folder = null, string provider = "test_desk")
        {
            var made = (await workspace.AskAsync<ConnectionService, Result<Connection>>(s => s.CreateAsync(new() { Name = name, Provider = provider, FolderId = folder, Proving = Proving.Skipped }, Cancel))).Granted();
            await workspace.DbAsync(db => db.Connections.Where(c => c.Id == made.Id).ExecuteUpdateAsync(set => set.SetProperty(c => c.Status, AuthorizationStatus.Success), Cancel));
            return made;
        }

        /// <summary>A recipe that uses a connection, started or not.</summary>
        public async Task<Recipe> RecipeAsync(string name, int connection, bool running = true, int? folder = null, string provider = "test_desk")
        {
            var made = (await workspace.AskAsync<RecipeService, Result<Recipe>>(s => s.CreateAsync(new() { Name = name, Code = Code.Replace("test_desk", provider, StringComparison.Ordinal), FolderId = folder, Type = RecipeType.Callable, Config = new Dictionary<string, int?> { [provider] = connection } }, Cancel))).Granted();
            if (running) (await workspace.AskAsync<RecipeService, Result<RecipeStart>>(s => s.StartAsync(made.Id, Cancel))).Granted().IsStarted.ShouldBeTrue();
            return made;
        }

        /// <summary>The recipe as it is in the database now, or null.</summary>
        public Task<Recipe?> RecipeRowAsync(int id) => workspace.DbAsync(db => db.Recipes.AsNoTracking().Include(r => r.Connections).SingleOrDefaultAsync(r => r.Id == id, Cancel));

        /// <summary>Whether it runs, and which connection it uses.</summary>
        public async Task<(bool Running, int? Connection)> StateAsync(Recipe recipe)
        {
            var row = (await workspace.RecipeRowAsync(recipe.Id))!;
            return (row.Running, row.Connections.ShouldHaveSingleItem().ConnectionId);
        }

        /// <summary>Makes a project; its root folder.</summary>
        public async Task<Folder> RootAsync() => (await workspace.AskAsync<ProjectService, Result<Folder>>(p => p.CreateAsync($"P {Guid.NewGuid()}", null, Cancel))).Granted();
    }
}
