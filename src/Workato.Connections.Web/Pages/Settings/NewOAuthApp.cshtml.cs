using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Workato.Connections.Authorizing.Profiles;
using Workato.Connections.Connectors;
using Workato.Connections.Privileges;
using Workato.Connections.Web.Authorization;

namespace Workato.Connections.Web.Pages.Settings;

/// <summary>Adds the client an app knows this server by, and goes back to whoever sent the person here.</summary>
[Needs(Privilege.CreateOAuthProfiles)]
internal sealed class NewOAuthAppModel(OAuthProfiles profiles, ConnectorCatalog catalog) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? Provider { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Return { get; set; }

    /// <summary>The app; null while it is to be chosen.</summary>
    public Connector? Connector { get; private set; }

    public IReadOnlyList<Connector> Apps => [.. catalog.All.Where(c => c is { UsesProfiles: true, IsSecondary: false })];

    public OAuthAppForm Form { get; private set; } = new();

    public Refusal? Refusal { get; private set; }

    /// <summary>Where the person came from; null where that is not one of our own pages.</summary>
    public string? Back => Url.IsLocalUrl(Return) ? Return : null;

    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        var found = string.IsNullOrEmpty(Provider) ? null : catalog.Find(Provider);
        if (found is { UsesProfiles: true }) Connector = found.IsSecondary ? catalog.Find(found.ProfileProvider) : found;
        else if (!string.IsNullOrEmpty(Provider)) context.Result = NotFound();
    }

    public void OnGet() => Form = new() { Name = Connector?.Title, IsKey = OAuthAppForm.WantsKey(Connector), Signs = OAuthAppForm.IsSigning(Connector) };

    public async Task<IActionResult> OnPostAsync(string? name, string? clientId, string? clientSecret, string? signingSecret, CancellationToken cancel)
    {
        var made = await profiles.CreateAsync(
            new() { Name = name, Provider = Provider, ClientId = clientId, ClientSecret = string.IsNullOrEmpty(clientSecret) ? null : new(clientSecret), SigningSecret = string.IsNullOrWhiteSpace(signingSecret) ? null : new(signingSecret) }, cancel);
        if (made.Value is { } profile) return Back is { } back ? LocalRedirect(back) : RedirectToPage("/Settings/OAuthApps", new { made = profile.Id });

        Refusal = made.Refusal;
        Form = new() { Name = name, ClientId = clientId, IsKey = OAuthAppForm.WantsKey(Connector), Signs = OAuthAppForm.IsSigning(Connector), Errors = Refusal!.Errors };
        return Page();
    }

    public string Link(string provider) => Url.Page("/Settings/NewOAuthApp", new { provider, @return = Back })!;
}
