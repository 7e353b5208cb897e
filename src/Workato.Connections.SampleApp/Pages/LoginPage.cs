namespace Workato.Connections.SampleApp.Pages;

/// <summary>Where the mode "redirect" leads: a web page and status 200, which a program must not take for success.</summary>
internal static class LoginPage
{
    public static string Render(HttpContext context) => Layout.Render(context, "Sign in - Sample app", $"""
        <h1>Sign in</h1>
        <p>Programs sign in with every request. <a href="{Layout.Encode(MountPoint.Url(context, "/"))}">See how</a>.</p>
        """);
}
