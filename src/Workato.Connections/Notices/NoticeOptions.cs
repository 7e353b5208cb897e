using Workato.Connections.Secrets;

namespace Workato.Connections.Notices;

/// <summary>What notices need to know of the server they come from.</summary>
public sealed record NoticeOptions
{
    /// <summary>The address people use, for links.</summary>
    public Uri PublicUrl { get; init; } = new("http://localhost:5080");

    /// <summary>The mail server; null: e-mail cannot be sent.</summary>
    public MailOptions? Mail { get; init; }

    /// <summary>The address of a page.</summary>
    public string AddressOf(string path) => PublicUrl.AbsoluteUri.TrimEnd('/') + path;
}

/// <summary>The mail server.</summary>
public sealed record MailOptions
{
    /// <summary>Its name or address.</summary>
    public required string Host { get; init; }

    /// <summary>Its port; null: what is usual for <see cref="Security"/>.</summary>
    public int? Port { get; init; }

    /// <summary>Who we are there; null: it asks for no sign-in.</summary>
    public string? UserName { get; init; }

    /// <summary>The password to that.</summary>
    public Secret? Password { get; init; }

    /// <summary>The sender, as <c>Connections &lt;connections@example.com&gt;</c>.</summary>
    public required string From { get; init; }

    /// <summary>How the way there is encrypted.</summary>
    public MailSecurity Security { get; init; }
}

/// <summary>How the way to the mail server is encrypted.</summary>
public enum MailSecurity
{
    /// <summary>As the server offers it; a password is sent only when it is.</summary>
    Auto,

    /// <summary>Not.</summary>
    None,

    /// <summary>From STARTTLS on; without it nothing is sent.</summary>
    StartTls,

    /// <summary>From the first byte.</summary>
    Tls,
}
