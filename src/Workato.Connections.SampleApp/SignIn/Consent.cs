using Workato.Connections.SampleApp.SignIn.OAuth2;

namespace Workato.Connections.SampleApp.SignIn;

/// <summary>Who decides whether a client is allowed what it asks, and how.</summary>
/// <param name="Name">What it is called in <c>/control</c>.</param>
/// <param name="Account">Who allows it without being asked, or null.</param>
/// <param name="Refusal">With what it is refused without asking anybody, or null.</param>
internal sealed record Consent(string Name, string? Account, OAuth2Error? Refusal)
{
    /// <summary>A page asks a person.</summary>
    public static Consent Ask { get; } = new("ask", null, null);

    public static IReadOnlyList<Consent> All { get; } =
    [
        Ask,
        new("allow", Accounts.AccountBook.Bot, null),
        new("deny", null, new("access_denied", "The person did not allow it.")),
        new("admin_required", null, new("access_denied", "Admin consent is required: an administrator has to allow this client first.")),
    ];

    public static OAuth2Error Denied => Find("deny").Refusal!;

    public static Consent Find(string name) => All.First(each => each.Name == name);
}
