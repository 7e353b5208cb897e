using Workato.Connections.Privileges;
using Workato.Connections.Secrets;

namespace Workato.Connections.Web.SignIn;

/// <summary>How people sign in by OpenID Connect, read and checked once at start.</summary>
internal sealed record SignInSettings
{
    private const string Nobody = "none";

    public required Uri Authority { get; init; }
    public required string ClientId { get; init; }
    public required Secret? ClientSecret { get; init; }
    public required IReadOnlyList<string> Scopes { get; init; }
    public required string? RolesClaim { get; init; }
    public required SignInRules Rules { get; init; }

    /// <summary>The provider as people know it.</summary>
    public string Host => Authority.IsDefaultPort ? Authority.Host : Authority.Authority;

    /// <summary>Null where <c>SignIn__Authority</c> is not set.</summary>
    public static SignInSettings? Read(IConfigurationSection section)
    {
        if (Text("Authority") is not { } authority)
        {
            return section.GetChildren().Select(c => c.Key).FirstOrDefault(k => !k.Equals("Authority", StringComparison.OrdinalIgnoreCase)) is { } lonely
                ? throw new StartRefusedException($"SignIn__{lonely} is set without SignIn__Authority. Set SignIn__Authority to the address of your OpenID provider, or remove both.")
                : null;
        }

        var roles = section.GetSection("Roles").GetChildren().Select(r => (Role: r.Key, Groups: List(r))).ToList();
        var claim = Text("RolesClaim");
        if (roles.Count > 0 && claim is null)
            throw new StartRefusedException("SignIn__Roles is set without SignIn__RolesClaim. Set SignIn__RolesClaim to the name of the claim that lists a person's groups or roles, for example groups.");
        if (claim is not null && roles.Count == 0)
            throw new StartRefusedException($"SignIn__RolesClaim is set, but no role names a group of '{claim}'. Set for example SignIn__Roles__Admin to the groups whose members are admins, with commas between them.");
        if (roles.Find(r => r.Groups.Count == 0) is { Role: { } empty })
            throw new StartRefusedException($"SignIn__Roles__{empty} names no group. Set it to the groups that give this role, with commas between them, or remove it.");

        var defaultRole = Text("DefaultRole") ?? SystemRoles.Operator.Name;
        if (defaultRole.Equals(SystemRoles.Owner.Name, StringComparison.OrdinalIgnoreCase))
            throw new StartRefusedException("SignIn__DefaultRole must not be Owner: everybody who can sign in would be one. Set it to another role, or to 'none'.");
        var scopes = (Text("Scopes") ?? "openid profile email").Split([' ', ','], StringSplitOptions.RemoveEmptyEntries);
        if (!scopes.Contains("openid")) throw new StartRefusedException("SignIn__Scopes must contain openid, for example: openid profile email");

        return new()
        {
            Authority = Address(authority),
            ClientId = Text("ClientId") ?? throw new StartRefusedException("SignIn__ClientId is not set. Set it to the id under which this server is registered at your OpenID provider."),
            ClientSecret = Text("ClientSecret") is { } secret ? new(secret) : null,
            Scopes = scopes,
            RolesClaim = claim,
            Rules = new(defaultRole.Equals(Nobody, StringComparison.OrdinalIgnoreCase) ? null : defaultRole, roles),
        };

        string? Text(string key) => string.IsNullOrWhiteSpace(section[key]) ? null : section[key]!.Trim();
    }

    private static Uri Address(string text) => Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri is { Query: "", Fragment: "", UserInfo: "" } && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback))
        ? uri
        : throw new StartRefusedException("SignIn__Authority must be the https address of your OpenID provider, such as https://login.example.com (http only on this machine).");

    // Groups may have spaces in their names.
    private static IReadOnlyList<string> List(IConfigurationSection section) =>
        [.. section.GetChildren().Select(c => c.Value).Append(section.Value).SelectMany(v => (v ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];
}
