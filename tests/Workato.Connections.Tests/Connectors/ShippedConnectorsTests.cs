using Workato.Connections.AuthMethods;
using Workato.Connections.Connectors;

namespace Workato.Connections.Tests.Connectors;

/// <summary>The files we ship.</summary>
public class ShippedConnectorsTests
{
    // Of ways to sign in we do not have yet (OAuth 2, client certificates), and settings that go with them.
    private static readonly string[] OtherWays =
    [
        "client_id", "client_secret", "profile", "oauth2_auth_url", "oauth2_token_url", "oauth2_client_id", "oauth2_client_secret", "param_type",
        "ssl_params", "ssl_client_cert", "ssl_client_key", "ssl_ca_cert", "advanced_settings", "hostname", "user_ids", "demo",
    ];

    // Workato's HTTP connector does not sign by OAuth 1.0; ours does.
    private const string OursAlone = "oauth1";

    private static readonly Lazy<ConnectorCatalog> Catalog = new(() => ConnectorCatalog.Load(null));

    private static readonly Lazy<WorkatoInputs[]> Workato = new(() =>
        [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "workato-inputs.tsv")).Skip(1).Select(WorkatoInputs.Read)]);

    public static TheoryData<string> Providers => [.. Catalog.Value.All.Where(c => !c.IsSecondary).Select(c => c.Provider)];

    public static TheoryData<string> ProvidersInWorkatosList => [.. Workato.Value.Select(w => w.Provider)];

    // Apps that sign in there by OAuth alone have no names for what is asked here.
    public static TheoryData<string> ProvidersThatSignInWithoutOAuthThere => [.. Workato.Value.Where(w => !w.SignsInByOAuthAlone).Select(w => w.Provider)];

    [Fact]
    public void Every_file_is_read_without_problems() => Catalog.Value.Problems.ShouldBeEmpty();

    [Fact]
    public void There_are_at_least_25_apps_beside_the_generic_one_and_the_sample_app() =>
        Catalog.Value.All.Count(c => !c.IsSecondary && c.Provider is not ("rest" or "sample_app")).ShouldBeGreaterThanOrEqualTo(25);

    [Theory]
    [InlineData(AuthMethodNames.OAuth2, 40)]
    [InlineData(AuthMethodNames.OAuth1, 6)]
    public void There_are_many_apps_beside_the_generic_one_and_the_sample_app_for(string method, int atLeast) =>
        Catalog.Value.All.Count(c => !c.IsSecondary && c.Provider is not ("rest" or "sample_app") && c.Ways.Any(w => w.Method.Name == method)).ShouldBeGreaterThanOrEqualTo(atLeast);

    [Theory]
    [MemberData(nameof(Providers))]
    public void Every_scope_says_what_it_is_for(string provider) =>
        Find(provider).Ways.SelectMany(w => w.Placement.OAuth2?.Scopes ?? []).ShouldAllBe(s => s.For.Length > 5 && s.For != s.Name);

    [Theory]
    [MemberData(nameof(Providers))]
    public void Every_app_has_a_test_request_that_may_be_repeated(string provider) =>
        Find(provider).Ways.Select(w => w.Test).ShouldAllBe(test => test.Method == HttpMethod.Get || (test.Method == HttpMethod.Post && test.Body != null));

    [Theory]
    [MemberData(nameof(Providers))]
    public void Every_app_has_a_guide_with_steps(string provider) => Find(provider).Guide.ShouldContain("1. ");

    [Theory]
    [MemberData(nameof(Providers))]
    public void Every_app_has_a_link_to_its_own_documentation(string provider) => (provider == "sample_app" || Find(provider).Docs?.Scheme == "https").ShouldBeTrue();

    [Theory]
    [MemberData(nameof(Providers))]
    public void Every_app_is_reached_over_https(string provider) =>
        Find(provider).Ways.ShouldAllBe(way => Addresses(way).All(address => IsHttps(Find(provider), way, address)));

    [Theory]
    [MemberData(nameof(Providers))]
    public void Every_way_to_sign_in_asks_for_a_secret_or_for_nothing(string provider) =>
        Find(provider).Ways.ShouldAllBe(w => w.Method.Name == AuthMethodNames.NoAuth || w.Placement.UsesTokens || Find(provider).FieldsFor(w).Any(f => f.Secret));

    [Theory]
    [MemberData(nameof(Providers))]
    public void A_description_is_one_line(string provider) => Find(provider).Description.Trim().ShouldNotContain("\n");

    [Theory]
    [MemberData(nameof(ProvidersInWorkatosList))]
    public void Every_input_of_Workato_that_our_ways_to_sign_in_need_is_called_as_there(string provider)
    {
        var names = Workato.Value.Single(w => w.Provider == provider).Inputs.Keys.Except(OtherWays);

        names.Except(Names(Find(provider))).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(ProvidersThatSignInWithoutOAuthThere))]
    public void What_must_be_given_is_known_to_whoever_knows_Workatos_inputs(string provider)
    {
        var (connector, workato) = (Find(provider), Workato.Value.Single(w => w.Provider == provider));

        var required = connector.Ways.Where(w => w.Name != OursAlone).SelectMany(connector.FieldsFor).Where(f => f is { Required: true, Default: null }).Select(f => f.Name);

        required.Except(workato.Inputs.Keys).Except(provider == "rest" ? ["base_uri"] : []).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(ProvidersInWorkatosList))]
    public void The_ways_to_sign_in_are_called_as_in_Workato(string provider)
    {
        var connector = Find(provider);
        var options = connector.ChooseBy is { } chooser ? Workato.Value.Single(w => w.Provider == provider).Inputs.GetValueOrDefault(chooser) ?? [] : [];

        if (options.Length > 0) connector.Ways.Select(w => w.Name).Except(options).Except([OursAlone]).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(ProvidersInWorkatosList))]
    public void A_secondary_connector_is_there_where_Workato_has_one(string provider) =>
        Find(provider).HasSecondary.ShouldBe(Workato.Value.Single(w => w.Provider == provider).HasSecondary);

    private static IEnumerable<Template> Addresses(SignInWay way) => way.Placement.Addresses.Select(a => a.Address).Append(way.BaseUrl);

    // What an app tells while one signs in is held to the same when it is learned.
    private static bool IsHttps(Connector connector, SignInWay way, Template address) => address.BeginsWithField
        ? way.Placement.Learned.Contains(address.Fields[0]) || connector.FieldsFor(way).Single(f => f.Name == address.Fields[0]).Control == Controls.Url
        : address.Text.StartsWith("https://", StringComparison.Ordinal);

    private static Connector Find(string provider) => Catalog.Value.Find(provider)!;

    private static IEnumerable<string> Names(Connector connector) =>
        connector.Ways.SelectMany(connector.FieldsFor).Select(f => f.Name).Append(connector.ChooseBy ?? "");

    private sealed record WorkatoInputs(string Provider, bool HasOAuth, bool HasSecondary, Dictionary<string, string[]> Inputs)
    {
        public bool SignsInByOAuthAlone => HasOAuth && !Inputs.Keys.Any(name => name is "auth_type" or "authentication_type");

        // name{option|option}?
        public static WorkatoInputs Read(string line) => line.Split('\t') is [var provider, var oauth, var secondary, var inputs]
            ? new(provider, oauth == "oauth", secondary == "secondary", inputs.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(i => i.TrimEnd('?').TrimEnd('}').Split('{'))
                .ToDictionary(i => i[0], i => i.Length > 1 ? i[1].Split('|') : []))
            : throw new FormatException(line);
    }
}
