using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Workato.Connections.Data;
using Workato.Connections.Data.Work;
using Workato.Connections.Recipes;
using Workato.Connections.Recipes.Jobs;
using Workato.Connections.Tests.Support;

namespace Workato.Connections.Tests.Recipes.Support;

/// <summary>A desk with a connection to it, and recipes that use it.</summary>
public abstract class RecipeScene(Workspace workspace) : IAsyncLifetime
{
    private TestApp app = null!;

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected Workspace Workspace => workspace;

    /// <summary>What the desk was asked, method and path, without the proof of connections.</summary>
    protected List<string> Asked { get; } = [];

    /// <summary>The bodies it was sent.</summary>
    protected List<string> Bodies { get; } = [];

    /// <summary>What the desk answers.</summary>
    protected Func<HttpContext, Task> Answer { get; set; } = TestApp.Says(200, """{"id":7,"subject":"Hello","tags":["a","b"]}""");

    public async ValueTask InitializeAsync()
    {
        app = await TestApp.StartAsync();
        app.Answer = async context =>
        {
            if (context.Request.Path == "/me")
            {
                await TestApp.Says(200, """{"email":"bot@app.example"}""")(context);
                return;
            }

            using var reader = new StreamReader(context.Request.Body);
            var body = await reader.ReadToEndAsync(context.RequestAborted);
            lock (Asked)
            {
                Asked.Add($"{context.Request.Method} {context.Request.Path}{context.Request.QueryString}");
                if (body.Length > 0) Bodies.Add(body);
            }

            await Answer(context);
        };
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await app.DisposeAsync();
    }

    protected static object Trigger(params object[] steps) => new { keyword = "trigger", provider = "workato_recipe_function", name = "execute", @as = "call", input = new { }, block = steps };

    protected static object Step(string name, object? input = null, string? @as = null, string provider = "test_desk") => new { keyword = "action", provider, name, @as, input = input ?? new { } };

    protected static object Return(object result) => Step("return_result", new { result }, provider: "workato_recipe_function");

    protected static object Log(string message) => Step("log_message", new { message }, provider: "logger");

    protected async Task<Connection> DeskAsync(string? name = null) => (await workspace.AskAsync<ConnectionService, Result<Connection>>(s => s.CreateAsync(
        new() { Name = name ?? "Desk", Provider = "test_desk", Input = new Dictionary<string, string?> { ["auth_type"] = "api_key", ["url"] = app.Url, ["api_key"] = "key-of-the-desk" } }, Cancel))).Granted();

    protected async Task<Recipe> RecipeAsync(object trigger, Connection? desk = null) => (await MakeAsync(new()
    {
        Name = "Recipe", Code = JsonSerializer.Serialize(trigger), Config = desk is null ? null : new Dictionary<string, int?> { ["test_desk"] = desk.Id },
    })).Granted();

    protected Task<Result<Recipe>> MakeAsync(RecipeChange change) => workspace.AskAsync<RecipeService, Result<Recipe>>(s => s.CreateAsync(change, Cancel));

    protected Task<Result<RecipeStart>> TryStartAsync(Recipe recipe) => workspace.AskAsync<RecipeService, Result<RecipeStart>>(s => s.StartAsync(recipe.Id, Cancel));

    protected async Task<Recipe> StartedAsync(object trigger, Connection? desk = null)
    {
        var recipe = await RecipeAsync(trigger, desk);
        var start = (await TryStartAsync(recipe)).Granted();
        start.Code.Concat(start.Config).ShouldBeEmpty();
        return recipe;
    }

    /// <summary>Adds a job as a trigger does.</summary>
    protected Task<Job> EventAsync(Recipe recipe, object? data = null) => EventAsync(recipe, new JobEvent("Event", data is JsonElement json ? json : JsonSerializer.SerializeToElement(data ?? new { })));

    /// <summary>The same, on whose behalf and with what its caller chose.</summary>
    protected async Task<Job> EventAsync(Recipe recipe, JobEvent brought)
    {
        await using var scope = workspace.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ConnectionsDbContext>();
        var job = scope.ServiceProvider.GetRequiredService<JobStarts>().Add(await db.Recipes.AsNoTracking().SingleAsync(r => r.Id == recipe.Id, Cancel), brought);
        await db.SaveChangesAsync(Cancel);
        return job;
    }

    /// <summary>Does what is due, on this node.</summary>
    protected Task<int> WorkAsync(IServiceProvider? node = null) => (node ?? workspace.Services).GetRequiredService<WorkRunner>().RunDueAsync(Cancel);

    /// <summary>An event of the recipe, and what became of its job.</summary>
    protected async Task<Job> RunAsync(Recipe recipe, object? data = null)
    {
        var job = await EventAsync(recipe, data);
        await WorkAsync();
        return await JobAsync(job);
    }

    protected Task<Job> JobAsync(Job job) => workspace.DbAsync(db => db.Jobs.AsNoTracking().SingleAsync(j => j.Id == job.Id, Cancel));

    protected Task<List<Job>> JobsAsync(Recipe recipe) => workspace.DbAsync(db => db.Jobs.AsNoTracking().Where(j => j.RecipeId == recipe.Id).OrderBy(j => j.Id).ToListAsync(Cancel));

    protected Task<List<JobStep>> LinesAsync(Job job) => workspace.DbAsync(db => db.JobSteps.AsNoTracking().Where(s => s.JobId == job.Id).OrderBy(s => s.Sequence).ToListAsync(Cancel));

    protected Task<Recipe> NowAsync(Recipe recipe) => workspace.DbAsync(db => db.Recipes.AsNoTracking().SingleAsync(r => r.Id == recipe.Id, Cancel));
}
