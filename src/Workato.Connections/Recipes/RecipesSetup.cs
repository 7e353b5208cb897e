using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Workato.Connections.Data;
using Workato.Connections.Data.Work;
using Workato.Connections.Recipes.Apps;
using Workato.Connections.Recipes.Jobs;
using Workato.Connections.Recipes.Jobs.Actions;
using Workato.Connections.Recipes.Triggers;
using Workato.Connections.Recipes.Workbot;

namespace Workato.Connections.Recipes;

/// <summary>Registers recipes.</summary>
internal static class RecipesSetup
{
    public static IServiceCollection AddRecipes(this IServiceCollection services)
    {
        services.AddSingleton<RecipeApps>().AddSingleton<RecipeCheck>().AddSingleton<RecipeEdits>().AddSingleton<RecipeVersions>().AddScoped<RuntimeUserSwitch>();
        services.AddScoped<RecipeService>().AddScoped<RecipeQueries>().AddScoped<RecipeStops>().AddScoped<RecipeErrors>().AddScoped<IConnectionUsers, RecipesUseConnections>();
        services.AddScoped<ConnectionUses>().AddScoped<ReplaceEverywhere>().AddScoped<RecipeRestarts>();
        services.AddScoped<JobStarts>().AddScoped<JobService>().AddScoped<JobQueries>().AddScoped<RunConnectionChoice>().AddScoped<RunUsers>().AddSingleton<JobEnds>().AddSingleton<AppCaller>();
        services.AddScoped<IStepAction, AppAction>().AddScoped<IStepAction, ReturnAction>().AddScoped<IStepAction, LogAction>().AddScoped<IStepAction, CallRecipeAction>();
        services.AddScoped<Polling>().AddSingleton<IWorker, JobWorker>().AddSingleton<IWorker, TriggerWork>().AddRetention<JobRetention>();
        services.TryAddSingleton(new ReplyRules([]));
        services.AddSingleton<ReplyAddresses>().AddScoped<WorkbotCommands>().AddScoped<IStepAction, ReplyAction>().AddSingleton<IWorker, SeenRequests>();
        return services;
    }
}
