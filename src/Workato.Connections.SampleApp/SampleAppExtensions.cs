using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Workato.Connections.SampleApp.Api;
using Workato.Connections.SampleApp.Control;
using Workato.Connections.SampleApp.Misbehaving;
using Workato.Connections.SampleApp.Pages;
using Workato.Connections.SampleApp.SignIn;
using Workato.Connections.SampleApp.SignIn.OAuth1;
using Workato.Connections.SampleApp.SignIn.OAuth2;

namespace Workato.Connections.SampleApp;

/// <summary>Puts the sample app into a web host: its own, the product's in Development, or a test's.</summary>
public static class SampleAppExtensions
{
    /// <summary>Adds the sample app's state and its sign-in methods.</summary>
    public static IServiceCollection AddSampleApp(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<SampleAppState>();

        // The first method that recognises something in the request decides. A new method is one line here.
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ISignInMethod, BasicSignIn>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ISignInMethod, OAuth1SignIn>());
        // Before the API key, which reads "Authorization: Bearer" too.
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ISignInMethod, OAuth2SignIn>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ISignInMethod, ApiKeySignIn>());
        return services;
    }

    /// <summary>
    /// Maps the sample app's pages, API and control endpoints under <paramref name="prefix"/>, which may be empty.
    /// They are anonymous to the host, because the app asks for credentials of its own.
    /// </summary>
    public static RouteGroupBuilder MapSampleApp(
        this IEndpointRouteBuilder endpoints, [StringSyntax("Route")] string prefix = "")
    {
        var app = endpoints.MapGroup(prefix)
            .AllowAnonymous()
            .ExcludeFromDescription()
            // A host's pretty error page in place of the app's own empty 404 would be a wrong answer.
            .WithMetadata(new SkipStatusCodePagesAttribute(), new MountPoint(prefix))
            .AddEndpointFilter<DateFilter>();

        app.MapPages();
        app.MapControl();
        app.MapOAuth1();
        app.MapOAuth2();

        var api = app.MapGroup("/api").AddEndpointFilter<MisbehaviourFilter>().AddEndpointFilter<SignInFilter>();
        api.MapMe();

        var scoped = api.MapGroup("").AddEndpointFilter<ScopeFilter>();
        scoped.MapEcho();
        scoped.MapNotes();
        scoped.MapStream();
        scoped.MapStatus();
        scoped.MapTheRest();
        return app;
    }
}
