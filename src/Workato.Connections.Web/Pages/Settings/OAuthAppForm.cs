using Workato.Connections.AuthMethods.OAuth2;
using Workato.Connections.Connectors;
using Workato.Connections.Recipes.Apps;

namespace Workato.Connections.Web.Pages.Settings;

/// <summary>The boxes of an OAuth app, as <c>_OAuthAppForm.cshtml</c> shows them. Never with the secret.</summary>
internal sealed record OAuthAppForm
{
    /// <summary>How people tell it from others of the same app.</summary>
    public string? Name { get; init; }

    /// <summary>The client's id.</summary>
    public string? ClientId { get; init; }

    /// <summary>Whether there is a secret that stays when its box is left empty.</summary>
    public bool KeepsSecret { get; init; }

    /// <summary>Whether the secret is a private key: then the box has lines.</summary>
    public bool IsKey { get; init; }

    /// <summary>Whether the app signs what it sends here: then there is a box for that secret.</summary>
    public bool Signs { get; init; }

    /// <summary>Where such an app sends commands; null before the OAuth app is saved.</summary>
    public string? CommandsUrl { get; init; }

    /// <summary>What is wrong, by field.</summary>
    public IReadOnlyDictionary<string, string[]> Errors { get; init; } = new Dictionary<string, string[]>();

    /// <summary>Whether an app wants a private key where others want a secret.</summary>
    public static bool WantsKey(Connector? app) => app?.Ways.Any(w => w.Placement is { NeedsProfile: true } and
        ({ OAuth2.ClientAuthentication: ClientAuthentication.PrivateKeyJwt } or { OAuth1.PrivateKey: not null })) == true;

    /// <summary>Whether an app sends commands, and signs them.</summary>
    public static bool IsSigning(Connector? app) => app?.Provider == BuiltInApps.Workbot;

    /// <summary>What is wrong with a box, or null.</summary>
    public string? Problem(string field) => Errors.TryGetValue(field, out var problems) ? string.Join("; ", problems) : null;
}
