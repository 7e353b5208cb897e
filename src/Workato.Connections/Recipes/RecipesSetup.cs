using Microsoft.Extensions.DependencyInjection;
using Workato.Connections.Data.Work;
using Workato.Connections.Recipes.Apps;
using Workato.Connections.Recipes.Jobs;
using Workato.Connections.Recipes.Jobs.Actions;
using Workato.Connections.Recipes.Triggers;

namespace Workato.Connections.Recipes;

/// <summary>Registers recipes.</summary>
internal static class RecipesSetup
{
    public static IServiceCollection AddRecipes(this IServiceCollection services)
    {
        services.AddSingleton<RecipeApps>().AddSingleton<RecipeCheck>().AddSingleton<RecipeEdits>().AddSingleton<RecipeVersions>();
        services.AddScoped<RecipeService>().AddScoped<RecipeQueries>().AddScoped<RecipeHistory>().AddScoped<RecipeStops>().AddScoped<RecipeErrors>().AddScoped<IConnectionUsers, RecipesUseConnections>();
        services.AddScoped<ConnectionUses>().AddScoped<ReplaceEverywhere>().AddScoped<RecipeRestarts>();
        services.AddScoped<JobStarts>().AddScoped<JobService>().AddScoped<JobQueries>().AddScoped<RunConnectionChoice>().AddSingleton<JobEnds>().AddSingleton<AppCaller>();
        services.AddScoped<IStepAction, AppAction>().AddScoped<IStepAction, ReturnAction>().AddScoped<IStepAction, LogAction>().AddScoped<IStepAction, CallRecipeAction>();
        services.AddScoped<Polling>().AddSingleton<IWorker, JobWorker>().AddSingleton<IWorker, TriggerWork>().AddSingleton<JobRetention>().AddHostedService(s => s.GetRequiredService<JobRetention>());
        return services;
    }
}
