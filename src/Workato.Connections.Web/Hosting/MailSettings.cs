using System.Globalization;
using Workato.Connections.Notices;

namespace Workato.Connections.Web.Hosting;

/// <summary>Reads the mail server from the settings, and refuses a start with a wrong one.</summary>
internal static class MailSettings
{
    /// <summary>Null where <c>Mail__Host</c> is not set.</summary>
    public static MailOptions? Read(IConfigurationSection section)
    {
        if (Text("Host") is not { } host)
        {
            return section.GetChildren().Select(c => c.Key).FirstOrDefault(k => !k.Equals("Host", StringComparison.OrdinalIgnoreCase)) is { } lonely
                ? throw new StartRefusedException($"Mail__{lonely} is set without Mail__Host. Set Mail__Host to your mail server, or remove both.")
                : null;
        }

        if (Uri.CheckHostName(host) == UriHostNameType.Unknown) throw new StartRefusedException($"Mail__Host must be the name or address of your mail server, such as smtp.example.com, without a port; '{host}' is not.");
        var from = Text("From") ?? throw new StartRefusedException("Mail__From is not set. Set it to the sender of notices, such as Connections <connections@example.com>.");
        if (!MimeKit.MailboxAddress.TryParse(from, out var sender) || sender.Domain.Length == 0) throw new StartRefusedException($"Mail__From must be an e-mail address, such as Connections <connections@example.com>; '{from}' is not.");
        if (Text("Password") is not null && Text("UserName") is null) throw new StartRefusedException("Mail__Password is set without Mail__UserName. Set both, or neither where the mail server asks for no sign-in.");
        if (Text("UserName") is not null && Text("Password") is null) throw new StartRefusedException("Mail__UserName is set without Mail__Password. Set both, or neither where the mail server asks for no sign-in.");
        return new()
        {
            Host = host,
            Port = Port(Text("Port")),
            UserName = Text("UserName"),
            Password = Text("Password") is { } password ? new(password) : null,
            From = from,
            Security = Security(Text("Security")),
        };

        string? Text(string key) => string.IsNullOrWhiteSpace(section[key]) ? null : section[key]!.Trim();
    }

    private static int? Port(string? text) => text is null ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and < 65536 ? port
        : throw new StartRefusedException($"Mail__Port must be a port such as 587; '{text}' is not.");

    private static MailSecurity Security(string? text) => text?.ToLowerInvariant() switch
    {
        null or "auto" => MailSecurity.Auto,
        "none" => MailSecurity.None,
        "starttls" => MailSecurity.StartTls,
        "tls" => MailSecurity.Tls,
        _ => throw new StartRefusedException($"Mail__Security must be auto, none, starttls or tls; '{text}' is not."),
    };
}
