namespace Workato.Connections.Connectors;

/// <summary>One thing a person is asked for.</summary>
public sealed record ConnectorField
{
    /// <summary>The longest value accepted, in characters, of a field of one line.</summary>
    public const int MaxLength = 4096;

    /// <summary>The longest value accepted, in characters, of a text area.</summary>
    public const int MaxTextLength = 16384;

    /// <summary>As in the API's <c>input</c>.</summary>
    public required string Name { get; init; }

    /// <summary>As a person reads it.</summary>
    public required string Label { get; init; }

    /// <summary>Where to find it.</summary>
    public string? Hint { get; init; }

    /// <summary>How it is asked for, see <see cref="Controls"/>.</summary>
    public string Control { get; init; } = Controls.Text;

    /// <summary>Whether it must be given.</summary>
    public bool Required { get; init; } = true;

    /// <summary>Whether it is sealed and never shown again.</summary>
    public bool Secret { get; init; }

    /// <summary>What is used when nothing is given.</summary>
    public string? Default { get; init; }

    /// <summary>An example shown in the empty box.</summary>
    public string? Placeholder { get; init; }

    /// <summary>The choices of a select.</summary>
    public IReadOnlyList<FieldOption> Options { get; init; } = [];
}

/// <summary>A choice of a select.</summary>
public sealed record FieldOption(string Value, string Label);

/// <summary>The control types, Workato's words where it has them.</summary>
public static class Controls
{
    /// <summary>One line.</summary>
    public const string Text = "text";

    /// <summary>One line that is not shown; secret by itself.</summary>
    public const string Password = "password";

    /// <summary>Several lines.</summary>
    public const string TextArea = "textarea";

    /// <summary>One of several.</summary>
    public const string Select = "select";

    /// <summary>Yes or no, the texts <c>true</c> and <c>false</c>.</summary>
    public const string Checkbox = "checkbox";

    /// <summary>A part of a host name.</summary>
    public const string Subdomain = "subdomain";

    /// <summary>A whole host name, with a port where needed.</summary>
    public const string Host = "host";

    /// <summary>A whole address.</summary>
    public const string Url = "url";

    /// <summary>The permissions to ask an app for by OAuth 2.0, with spaces between them; implied, see <see cref="ImpliedFields"/>.</summary>
    public const string Scopes = "scopes";

    /// <summary>A custom OAuth profile, by its id; implied, see <see cref="ImpliedFields"/>.</summary>
    public const string OAuthProfile = "oauth_profile";

    /// <summary>All that a file may name, as documented.</summary>
    public static IReadOnlyList<string> All { get; } = [Text, Password, TextArea, Select, Checkbox, Subdomain, Host, Url];

    /// <summary>Those that may stand inside the host of a base URL: nothing in them can move the request to another path or user.</summary>
    public static IReadOnlyList<string> InHost { get; } = [Subdomain, Host, Select];
}
