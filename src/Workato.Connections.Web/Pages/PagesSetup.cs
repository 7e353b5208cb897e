using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ApplicationModels;
using Workato.Connections.Web.Authorization;
using Workato.Connections.Web.Hardening;
using Workato.Connections.Web.Hosting;
using Workato.Connections.Web.Pages.Connections;
using Workato.Connections.Web.Pages.OAuth;
using Workato.Connections.Web.Pages.Recipes.Editor;
using Workato.Connections.Web.Pages.Settings.Notices;
using Workato.Connections.Web.Pages.Settings.People;

namespace Workato.Connections.Web.Pages;

/// <summary>The pages: rendered here, readable without script.</summary>
internal static class PagesSetup
{
    public static void AddPages(this WebApplicationBuilder builder, ServerSettings settings)
    {
        builder.Services.AddRazorPages(o =>
        {
            o.Conventions.Add(new Lowercase());
            o.Conventions.ConfigureFilter(new TypeFilterAttribute(typeof(NeedsPageFilter)));
        });
        builder.Services.AddSingleton<Departure>().AddScoped<GrantForms>().AddScoped<NoticeForms>().AddScoped<ConnectForms>().AddScoped<EditorViews>().AddScoped<LastOutputs>();
        builder.Services.AddRouting(o => o.LowercaseUrls = true);
        builder.Services.AddAntiforgery(o => o.Cookie.Name = settings.CookieName("antiforgery"));
        builder.Services.Configure<CookieTempDataProviderOptions>(o => o.Cookie.Name = settings.CookieName("notice"));
    }

    public static void MapPages(this WebApplication app)
    {
        app.MapStaticAssets().AllowAnonymous();
        app.MapRazorPages().WithStaticAssets();
    }

    /// <summary>Addresses such as /sign-in for a page in the folder SignIn.</summary>
    private sealed class Lowercase : IPageRouteModelConvention
    {
        public void Apply(PageRouteModel model)
        {
            foreach (var selector in model.Selectors.Select(s => s.AttributeRouteModel!))
            {
                selector.Template = selector.Template?.Replace("SignIn", "sign-in", StringComparison.Ordinal);
            }
        }
    }
}
