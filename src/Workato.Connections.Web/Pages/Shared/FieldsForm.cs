using Workato.Connections.Authorizing.Profiles;
using Workato.Connections.Connectors;

namespace Workato.Connections.Web.Pages.Shared;

/// <summary>
/// The fields of a connector as a form: what the one renderer (<c>_Fields.cshtml</c>) shows, for wizard, reconnecting and
/// later the side panel alike. Boxes are called <c>input.field</c>, those of one way to sign in <c>input.way.field</c>.
/// </summary>
public sealed record FieldsForm(Connector Connector, string WayName, IReadOnlyDictionary<string, string> Values, IReadOnlyDictionary<string, string[]> Errors)
{
    /// <summary>The name of the choice between the ways to sign in.</summary>
    public const string WayBox = "way";

    private const string Prefix = "input.";

    /// <summary>Whether there are stored secrets that stay when their boxes are left empty.</summary>
    public bool KeepsSecrets { get; init; }

    /// <summary>The OAuth apps there are for this app.</summary>
    public IReadOnlyList<CustomOAuthProfile> Profiles { get; init; } = [];

    /// <summary>Whether a trip to the app is under way, and another window is to end it.</summary>
    public BegunAuthorization? Begun { get; init; }

    /// <summary>The recipe somebody comes back to from here; null: none.</summary>
    internal RecipeReturn? For { get; init; }

    /// <summary>A fresh form.</summary>
    public static FieldsForm New(Connector connector, string? way) =>
        new(connector, (connector.FindWay(way) ?? connector.Ways[0]).Name, new Dictionary<string, string>(), new Dictionary<string, string[]>());

    /// <summary>The form of a connection that is there.</summary>
    public static FieldsForm Of(Connector connector, ConnectionSummary connection) =>
        New(connector, connection.SignInBy) with { Values = connection.Settings, KeepsSecrets = connection.HasCredentials };

    /// <summary>What was posted, as the service takes it: the boxes of the chosen way alone.</summary>
    public static Dictionary<string, string?> Read(IFormCollection form, Connector connector)
    {
        var way = connector.FindWay(form[WayBox].FirstOrDefault() is { Length: > 0 } name ? name : null) ?? connector.Ways[0];
        var given = connector.Fields.ToDictionary(f => f.Name, f => Value(form, Prefix + f.Name, f));
        foreach (var field in way.Fields) given[field.Name] = Value(form, $"{Prefix}{way.Name}.{field.Name}", field);
        if (connector.ChooseBy is { } chooser) given[chooser] = way.Name;
        return given;
    }

    /// <summary>The same form with what was posted, but for the secrets, and what is wrong with it.</summary>
    public FieldsForm Again(IReadOnlyDictionary<string, string?> given, IReadOnlyDictionary<string, string[]> errors)
    {
        var way = Connector.FindWay(Connector.ChooseBy is { } chooser ? given.GetValueOrDefault(chooser) : null) ?? Connector.Ways[0];
        var shown = Connector.FieldsFor(way).Where(f => !f.Secret && given.GetValueOrDefault(f.Name) is not null).ToDictionary(f => f.Name, f => given[f.Name]!);
        return this with { WayName = way.Name, Values = shown, Errors = errors };
    }

    /// <summary>One box.</summary>
    public FieldBox Box(ConnectorField field, SignInWay? way)
    {
        var isActive = way is null || way.Name == WayName;
        return new(
            field,
            way is null ? Prefix + field.Name : $"{Prefix}{way.Name}.{field.Name}",
            field.Secret ? "" : (isActive ? Values.GetValueOrDefault(field.Name) : null) ?? field.Default ?? "",
            isActive ? Errors.GetValueOrDefault(Prefix + field.Name) ?? [] : [],
            KeepsSecrets && field.Secret && isActive) { Way = way, Form = this };
    }

    private static string? Value(IFormCollection form, string box, ConnectorField field) => field.Control switch
    {
        // Boxes that are ticked, and a line for others.
        Controls.Scopes => string.Join(' ', form[box].Where(s => !string.IsNullOrWhiteSpace(s)).Select(s => s!.Trim())),
        Controls.Checkbox => form[box].FirstOrDefault() ?? "false",
        _ => form[box].FirstOrDefault(),
    };
}

/// <summary>A box of the form.</summary>
/// <param name="Field">The field it asks for.</param>
/// <param name="Name">What it is posted as.</param>
/// <param name="Value">What stands in it; never a secret.</param>
/// <param name="Errors">What is wrong with it.</param>
/// <param name="IsKept">Whether a stored secret stays when it is left empty.</param>
public sealed record FieldBox(ConnectorField Field, string Name, string Value, IReadOnlyList<string> Errors, bool IsKept)
{
    private readonly FieldsForm? form;

    /// <summary>The way to sign in it belongs to; null: to all of them.</summary>
    public SignInWay? Way { get; init; }

    /// <summary>The form of a connection it is in; the input of a recipe's step is in none.</summary>
    public FieldsForm Form { get => form ?? throw new InvalidOperationException("This box stands alone."); init => form = value; }

    /// <summary>An id for labels to point at.</summary>
    public string Id => Name.Replace('.', '-');

    /// <summary>What describes the box, for screen readers.</summary>
    public string? DescribedBy => (Field.Hint, Errors.Count) switch
    {
        (null, 0) => null,
        (null, _) => Id + "-error",
        (_, 0) => Id + "-hint",
        _ => $"{Id}-error {Id}-hint",
    };
}
