using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Workato.Connections.Authorizing.Profiles;
using Workato.Connections.Connectors;
using Workato.Connections.Privileges;
using Workato.Connections.Web.Api.Recipes;
using Workato.Connections.Web.Authorization;
using Workato.Connections.Web.Hosting;

namespace Workato.Connections.Web.Pages.Settings;

/// <summary>Renames an OAuth app, and gives it another id or secret.</summary>
[Needs(Privilege.UpdateOAuthProfiles)]
internal sealed class OAuthAppModel(OAuthProfiles profiles, ConnectorCatalog catalog, ServerSettings settings) : OAuthAppPageModel(profiles, catalog)
{
    private readonly OAuthProfiles profiles = profiles;

    public OAuthAppForm Form { get; private set; } = new();

    public void OnGet() => Form = Show(Profile.Name, Profile.ClientId);

    public async Task<IActionResult> OnPostAsync(string? name, string? clientId, string? clientSecret, string? signingSecret, CancellationToken cancel)
    {
        var changed = await profiles.UpdateAsync(Id,
            new() { Name = name ?? "", ClientId = clientId ?? "", ClientSecret = string.IsNullOrEmpty(clientSecret) ? null : new(clientSecret), SigningSecret = string.IsNullOrWhiteSpace(signingSecret) ? null : new(signingSecret) }, cancel);
        if (changed.Refusal is null) return RedirectToPage("/Settings/OAuthApps", new { made = Id });

        Refusal = changed.Refusal;
        Form = Show(name, clientId) with { Errors = Refusal.Errors };
        return Page();
    }

    private OAuthAppForm Show(string? name, string? clientId) => new() { Name = name, ClientId = clientId, KeepsSecret = Profile.HasSecret, IsKey = OAuthAppForm.WantsKey(Connector), Signs = OAuthAppForm.IsSigning(Connector), CommandsUrl = settings.AddressOf(WorkbotEndpoint.Path + Id.ToString(CultureInfo.InvariantCulture)) };
}
