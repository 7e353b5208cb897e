using Workato.Connections.Data;
using Workato.Connections.Notices;
using Workato.Connections.Secrets;
using Workato.Connections.Web.SignIn;

namespace Workato.Connections.Web.Hosting;

/// <summary>What an operator can set, read and checked once at start. The README's table of settings says the same in the same words.</summary>
internal sealed record ServerSettings
{
    /// <summary>The path of <see cref="CallbackUrl"/>, Workato's.</summary>
    public const string CallbackPath = "/oauth/callback";

    public required string DataDirectory { get; init; }
    public required DatabaseOptions Database { get; init; }
    public required KeyEncryptionOptions KeyEncryption { get; init; }
    public required Uri PublicUrl { get; init; }
    public required bool IsPublicUrlSet { get; init; }
    public required IReadOnlyList<string> AllowedNetworks { get; init; }
    public required IReadOnlyList<System.Net.IPNetwork> KnownProxies { get; init; }
    public required string? ConnectorsDirectory { get; init; }
    public required Secret? BootstrapToken { get; init; }
    public required bool IsDevelopment { get; init; }

    /// <summary>How people sign in by OpenID Connect; null: there is one local owner, who signs in by a link.</summary>
    public SignInSettings? SignIn { get; init; }

    /// <summary>The mail server; null: e-mail cannot be sent.</summary>
    public MailOptions? Mail { get; init; }

    /// <summary>Where apps send people back to after they agreed: what is registered at every app. The one place that says so.</summary>
    public string CallbackUrl => AddressOf(CallbackPath);

    /// <summary>Whether everything lives in the data directory of one process.</summary>
    public bool IsEmbedded => string.IsNullOrWhiteSpace(Database.ConnectionString);

    /// <summary>The address people use for a path of ours.</summary>
    public string AddressOf(string path) => PublicUrl.AbsoluteUri.TrimEnd('/') + path;

    public static ServerSettings Read(WebApplicationBuilder builder)
    {
        var config = builder.Configuration;
        return new()
        {
            DataDirectory = Path.GetFullPath(config["DataDirectory"] ?? "data", builder.Environment.ContentRootPath),
            Database = new() { ConnectionString = config["Database:ConnectionString"] },
            KeyEncryption = new()
            {
                CertificatePath = Blank(config["KeyEncryption:CertificatePath"]),
                CertificatePassword = SecretOrNull(config["KeyEncryption:CertificatePassword"]),
                OtherCertificatePath = Blank(config["KeyEncryption:OtherCertificatePath"]),
                OtherCertificatePassword = SecretOrNull(config["KeyEncryption:OtherCertificatePassword"]),
            },
            PublicUrl = Address(config),
            IsPublicUrlSet = Blank(config["PublicUrl"]) is not null,
            AllowedNetworks = List(config, "Egress:AllowedNetworks"),
            KnownProxies = [.. List(config, "ForwardedHeaders:KnownNetworks").Select(Network)],
            ConnectorsDirectory = Blank(config["Connectors:Directory"]),
            BootstrapToken = SecretOrNull(config["Bootstrap:ApiToken"]),
            IsDevelopment = builder.Environment.IsDevelopment(),
            SignIn = SignInSettings.Read(config.GetSection("SignIn")),
            Mail = MailSettings.Read(config.GetSection("Mail")),
        };
    }

    private static Uri Address(ConfigurationManager config)
    {
        var text = Blank(config["PublicUrl"]);
        if (text is null) return new(config["Urls"]?.Split(';')[0].Replace("+", "localhost", StringComparison.Ordinal).Replace("*", "localhost", StringComparison.Ordinal) ?? "http://localhost:5080");
        return Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri is { Query: "", Fragment: "" }
            ? uri
            : throw new StartRefusedException($"PublicUrl must be the address people use, such as https://connections.example.com; '{text}' is not.");
    }

    // One text with commas, or an array: both are how people write lists in settings.
    private static string[] List(ConfigurationManager config, string key) =>
        [.. config.GetSection(key).GetChildren().Select(c => c.Value ?? "").Append(config[key] ?? "").SelectMany(v => v.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];

    private static System.Net.IPNetwork Network(string text) => System.Net.IPNetwork.TryParse(text, out var network)
        ? network
        : throw new StartRefusedException($"ForwardedHeaders__KnownNetworks: '{text}' is not a network; write for example 10.0.0.0/8.");

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;

    private static Secret? SecretOrNull(string? text) => Blank(text) is { } value ? new(value) : null;
}
