namespace Workato.Connections.SampleApp.Pages;

/// <summary>What a person sees who opens the app in a browser.</summary>
internal static class PageEndpoints
{
    public static void MapPages(this IEndpointRouteBuilder app)
    {
        app.MapGet("/", (HttpContext context, SampleAppState state) => Answers.Html(LandingPage.Render(context, state)));
        app.MapGet("/login", (HttpContext context) => Answers.Html(LoginPage.Render(context)));
        app.MapGet("/style.css", () => Asset("style.css", "text/css; charset=utf-8"));
        app.MapGet("/icon.svg", () => Asset("icon.svg", "image/svg+xml"));
    }

    private static IResult Asset(string name, string contentType) =>
        Results.Stream(typeof(PageEndpoints).Assembly.GetManifestResourceStream(name)!, contentType);
}
