using Workato.Connections.AuthMethods;

namespace Workato.Connections.Connectors;

/// <summary>An app people can connect to, as its file describes it. See <c>docs/connectors.md</c>.</summary>
public sealed record Connector
{
    /// <summary>What stands behind the provider id of a secondary connector.</summary>
    public const string SecondarySuffix = "_secondary";

    /// <summary>The connector's id in the API, snake_case.</summary>
    public required string Provider { get; init; }

    /// <summary>The app's name as people say it.</summary>
    public required string Title { get; init; }

    /// <summary>One line: what the app is for.</summary>
    public required string Description { get; init; }

    /// <summary>At least one.</summary>
    public required IReadOnlyList<string> Categories { get; init; }

    /// <summary>The app's own API reference; null for an app that has none in public.</summary>
    public required Uri? Docs { get; init; }

    /// <summary>Where the app is, with settings in braces.</summary>
    public required Template BaseUrl { get; init; }

    /// <summary>The input in which a script names the way to sign in, or null where there is only one.</summary>
    public string? ChooseBy { get; init; }

    /// <summary>Settings asked for whichever way one signs in.</summary>
    public required IReadOnlyList<ConnectorField> Fields { get; init; }

    /// <summary>The ways to sign in; the first is the default.</summary>
    public required IReadOnlyList<SignInWay> Ways { get; init; }

    /// <summary>The statuses by which the app says "wrong credentials".</summary>
    public required IReadOnlySet<int> RejectedWith { get; init; }

    /// <summary>The setup guide, Markdown.</summary>
    public required string Guide { get; init; }

    /// <summary>What recipes can do with the app.</summary>
    public required IReadOnlyList<Operation> Operations { get; init; }

    /// <summary>What the app's answers mean where they are not the usual ones; the first that fits counts, before the general ones.</summary>
    public IReadOnlyList<DiagnosisRule> Diagnosis { get; init; } = [];

    /// <summary>Whether there is a second connector for the same app.</summary>
    public bool HasSecondary { get; init; }

    /// <summary>Whether this is that second connector.</summary>
    public bool IsSecondary { get; init; }

    /// <summary>Whose custom OAuth profiles it uses: those of the app, which a secondary connector shares.</summary>
    public string ProfileProvider => IsSecondary ? Provider[..^SecondarySuffix.Length] : Provider;

    /// <summary>Whether it can be connected by a custom OAuth profile.</summary>
    public bool UsesProfiles => Ways.Any(w => w.Placement.NeedsProfile);

    /// <summary>The way called <paramref name="name"/>, the default one for null, or null where there is no such way.</summary>
    public SignInWay? FindWay(string? name) => name is null ? Ways[0] : Ways.FirstOrDefault(w => w.Name == name);

    /// <summary>The field to name when the address is wrong.</summary>
    public string AddressField => BaseUrl.Fields.Count > 0 ? BaseUrl.Fields[0] : "base_url";

    /// <summary>Every field that may be given when one signs in by <paramref name="way"/>.</summary>
    public IEnumerable<ConnectorField> FieldsFor(SignInWay way) => Fields.Concat(way.Fields);

    /// <summary>Where the app is when signing in by <paramref name="way"/> with these settings, without a slash at the end.</summary>
    public string BaseUrlFor(SignInWay way, IReadOnlyDictionary<string, string> settings) =>
        way.BaseUrl.Fill(name => settings.GetValueOrDefault(name) ?? FieldsFor(way).FirstOrDefault(f => f.Name == name)?.Default).TrimEnd('/');

    /// <summary>The second connector of an app that has one.</summary>
    public Connector AsSecondary() => this with { Provider = Provider + SecondarySuffix, Title = Title + " (Secondary)", Description = $"A second connection to {Title} in the same recipe.", HasSecondary = false, IsSecondary = true };
}

/// <summary>One way to sign in to an app.</summary>
/// <param name="Name">As a script says it, the value of <see cref="Connector.ChooseBy"/>.</param>
/// <param name="Title">As a person reads it.</param>
/// <param name="Method">The authentication method.</param>
/// <param name="Fields">What is asked for.</param>
/// <param name="Placement">Where it is put on a request.</param>
/// <param name="BaseUrl">Where the app is for who signs in this way.</param>
/// <param name="Test">The request that proves a connection made this way.</param>
public sealed record SignInWay(
    string Name, string Title, IAuthMethod Method, IReadOnlyList<ConnectorField> Fields, Placement Placement, Template BaseUrl, TestRequest Test)
{
    /// <summary>This way as these settings make it: where the addresses of OAuth 1.0 are the person's to give and none is given, nobody is sent away.</summary>
    public SignInWay For(IReadOnlyDictionary<string, string> settings) =>
        Placement.OAuth1 is { NeedsConsent: true } terms && terms.Addresses.All(a => a.Address.Fill(settings.GetValueOrDefault).Length == 0)
            ? this with { Placement = Placement with { OAuth1 = terms with { RequestTokenUrl = null, AuthorizeUrl = null, AccessTokenUrl = null } } }
            : this;

    /// <summary>What a permission is for, in words; null where the connector does not say.</summary>
    public string? PurposeOf(string scope) => Placement.OAuth2?.Scopes.FirstOrDefault(s => s.Name == scope)?.For;
}

/// <summary>A request without effect in the app, by which a connection is proved.</summary>
/// <param name="Method">GET for most.</param>
/// <param name="Path">Behind the base URL, with settings in braces.</param>
/// <param name="Headers">Headers beside the credentials.</param>
/// <param name="Body">A JSON text, or null.</param>
/// <param name="Identity">JSON pointers (RFC 6901) to whatever names the account, the first that leads to a value counts.</param>
/// <param name="Accept">The statuses that prove the connection.</param>
public sealed record TestRequest(
    HttpMethod Method, Template Path, IReadOnlyDictionary<string, string> Headers, string? Body, IReadOnlyList<string> Identity, StatusRanges Accept);

/// <summary>Something a recipe can do with an app.</summary>
/// <param name="Name">As recipes name it, snake_case.</param>
/// <param name="Title">As a person reads it.</param>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">Behind the base URL, with the operation's own fields in braces.</param>
/// <param name="Fields">Its input.</param>
public sealed record Operation(string Name, string Title, HttpMethod Method, Template Path, IReadOnlyList<OperationField> Fields)
{
    /// <summary>How new records are told in what it answers: then it is a trigger, too. Null where it lists nothing.</summary>
    public NewRecords? NewRecords { get; init; }
}

/// <summary>An operation lists records, and one that was not there before starts a recipe.</summary>
/// <param name="Title">As a person reads it.</param>
/// <param name="Records">JSON pointer (RFC 6901) to the list; null: the answer itself, or the one list in it.</param>
/// <param name="Id">JSON pointer to a record's id, within the record; null: <c>/id</c>, or all of it where it has none.</param>
/// <param name="Since">The operation's field that takes the id of the newest record met; null where the app cannot be asked so.</param>
public sealed record NewRecords(string Title, string? Records, string? Id, string? Since);

/// <summary>An input of an operation and where it goes: <c>path</c>, <c>query</c> or <c>body</c>.</summary>
public sealed record OperationField(ConnectorField Field, string In);
