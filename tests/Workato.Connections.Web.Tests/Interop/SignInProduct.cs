using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Workato.Connections.Web.Tests.Support;
using Workato.Connections.Web.Tests.Support.RealSoftware;

namespace Workato.Connections.Web.Tests.Interop;

/// <summary>The product at an address the provider knows, with oidc-provider as where its people sign in.</summary>
public sealed class SignInProduct : ProductOnSqlite
{
    // As strict as a page's policy can be: browsers hold it against redirects after a form, too.
    public SignInProduct() => ConfigureServices = services => services.AddTransient<IStartupFilter, OnlyFormsOfOurs>();

    internal OidcProvider Provider { get; private set; } = null!;

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Provider.DisposeAsync();
    }

    protected override async Task ConfigureDatabaseAsync(Dictionary<string, string> settings)
    {
        await base.ConfigureDatabaseAsync(settings);
        Port = LoopbackPort.Next();
        settings["PublicUrl"] = $"http://127.0.0.1:{Port}";
        var client = new OidcClient("connections", Guid.NewGuid().ToString("N"), "client_secret_post") { SignedOut = $"http://127.0.0.1:{Port}/signed-out" };
        Provider = await OidcProvider.StartAsync($"http://127.0.0.1:{Port}/sign-in/callback", client);
        (settings["SignIn:Authority"], settings["SignIn:ClientId"], settings["SignIn:ClientSecret"]) = (Provider.Url, client.Id, client.Secret);
        (settings["SignIn:Scopes"], settings["SignIn:RolesClaim"]) = ("openid profile email groups", "groups");
        (settings["SignIn:Roles:Admin"], settings["SignIn:Roles:Analyst"]) = ("admins", "builders");
    }

    private sealed class OnlyFormsOfOurs : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((context, then) =>
            {
                context.Response.Headers.Append("Content-Security-Policy", "form-action 'self'");
                return then(context);
            });
            next(app);
        };
    }
}
