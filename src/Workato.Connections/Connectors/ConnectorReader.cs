using System.Globalization;
using System.Text.RegularExpressions;
using Workato.Connections.AuthMethods;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Workato.Connections.Connectors;

/// <summary>Reads a connector file and says everything that is wrong with it at once.</summary>
internal static partial class ConnectorReader
{
    /// <summary>The connector, or null with the reasons.</summary>
    public static (Connector? Connector, IReadOnlyList<ConnectorProblem> Problems) Read(string file, string yaml)
    {
        var problems = new List<ConnectorProblem>();
        if (Root(file, yaml, problems) is not { } root) return (null, problems);

        var map = new YamlMap(root, file, problems);
        var connector = Read(map);
        map.RefuseUnknownKeys();
        if (problems.Count == 0) ConnectorRules.Check(connector, map);
        return (problems.Count == 0 ? connector : null, problems);
    }

    internal static YamlMappingNode? Root(string file, string yaml, List<ConnectorProblem> problems)
    {
        var stream = new YamlStream();
        var scanner = new Scanner(new StringReader(yaml));
        try
        {
            stream.Load(new Parser(scanner));
        }
        catch (YamlException e)
        {
            problems.Add(new(file, e.Start.Line, "not readable as YAML: " + e.Message));
            return null;
        }
        catch (InvalidOperationException)
        {
            // How the scanner stumbles over a text that goes on after an open bracket.
            problems.Add(new(file, scanner.CurrentPosition.Line, "not readable as YAML: look here and above for a bracket, brace or quote that is not closed"));
            return null;
        }

        if (stream.Documents is [{ RootNode: YamlMappingNode root }]) return root;
        problems.Add(new(file, 1, "the file must hold one mapping that begins with provider:"));
        return null;
    }

    private static Connector Read(YamlMap map)
    {
        var provider = map.Text("provider", "acme_desk");
        if (!Identifier().IsMatch(provider) || provider.EndsWith(Connector.SecondarySuffix, StringComparison.Ordinal))
            map.Complain("'provider' must be small letters, digits and _, begin with a letter and not end in _secondary; write for example provider: acme_desk", "provider");

        var baseUrl = Template.Parse(map.Text("base_url", "https://api.acme.example/v2"));
        var test = Test(map);
        return new()
        {
            Provider = provider,
            Title = map.Text("title", "Acme Desk"),
            Description = map.Text("description", "Support tickets and customers."),
            Categories = Categories(map),
            Docs = map.Has("docs") ? Https(map, "docs") : null,
            BaseUrl = baseUrl,
            HasSecondary = map.Flag("secondary", false),
            ChooseBy = map.TextOrNull("choose_by"),
            Fields = [.. map.Maps("fields").Select(FieldReader.Read)],
            Ways = WayReader.Read(map, baseUrl, test),
            RejectedWith = Rejections(map),
            Diagnosis = DiagnosisReader.Read(map),
            Guide = map.Text("guide", "|, then the steps as Markdown"),
            Operations = [.. map.Maps("operations").Select(Operation)],
        };
    }

    private static IReadOnlyList<string> Categories(YamlMap map)
    {
        var categories = map.Texts("categories");
        if (categories.Count == 0) map.Complain("'categories' needs at least one; write for example categories: [Support]", "categories");
        return categories;
    }

    private static Uri Https(YamlMap map, string key)
    {
        var text = map.Text(key, "https://developer.acme.example/reference");
        if (Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps) return uri;
        if (text.Length > 0) map.Complain($"'{key}' must be an address that begins with https://", key);
        return new("https://invalid.example");
    }

    private static TestRequest Test(YamlMap map)
    {
        if (map.MapOrNull("test") is { } test) return TestReader.Read(test);
        if (!map.Has("test")) map.Complain("'test' is missing: without a test request nobody knows whether a connection works; write for example test: {path: /me, identity: [/email]}");
        return new(HttpMethod.Get, Template.Parse(""), new Dictionary<string, string>(), null, [], StatusRanges.Success);
    }

    private static HashSet<int> Rejections(YamlMap map)
    {
        if (!map.Has("rejected_with")) return [401];
        var statuses = map.Texts("rejected_with").Select(t => int.TryParse(t, NumberStyles.None, CultureInfo.InvariantCulture, out var s) ? s : 0).ToHashSet();
        if (statuses.Count == 0 || statuses.Any(s => s is < 400 or > 499)) map.Complain("'rejected_with' is a list of statuses from 400 to 499, for example [401, 403]", "rejected_with");
        return statuses;
    }

    private static Operation Operation(YamlMap map)
    {
        var method = map.Method("GET");
        var operation = new Operation(
            map.Text("name", "list_tickets"), map.Text("title", "List tickets"), method, map.Path(map.Text("path", "/tickets")),
            [.. map.Maps("fields").Select(f => OperationField(f, method))]);
        operation = operation with { NewRecords = NewRecords(map, operation) };
        map.RefuseUnknownKeys();
        return operation;
    }

    // What is called a list is one, unless the file knows better.
    private static NewRecords? NewRecords(YamlMap map, Operation operation)
    {
        if (map.MapOrNull("new_records") is not { } own)
            return operation.Method == HttpMethod.Get && (operation.Name.StartsWith("list_", StringComparison.Ordinal) || operation.Name.StartsWith("search_", StringComparison.Ordinal)) ? new($"New in: {operation.Title}", null, null, null) : null;

        var records = new NewRecords(own.TextOrNull("title") ?? $"New in: {operation.Title}", own.TextOrNull("records"), own.TextOrNull("id"), own.TextOrNull("since"));
        if (operation.Method != HttpMethod.Get) own.Complain("'new_records' belongs to an operation that reads: method: GET");
        if (new[] { records.Records, records.Id }.OfType<string>().Any(p => p.Length > 0 && !p.StartsWith('/'))) own.Complain("'records' and 'id' are JSON pointers such as /items and /id");
        if (records.Since is { } since && operation.Fields.All(f => f.Field.Name != since)) own.Complain("'since' must be the name of one of the operation's fields", "since");
        own.RefuseUnknownKeys();
        return records;
    }

    private static OperationField OperationField(YamlMap map, HttpMethod method)
    {
        var place = map.TextOrNull("in") ?? (method == HttpMethod.Get || method == HttpMethod.Delete ? "query" : "body");
        if (place is not ("path" or "query" or "body")) map.Complain("'in' must be path, query or body", "in");
        return new(FieldReader.Read(map), place);
    }

    [GeneratedRegex("^[a-z][a-z0-9_]{0,49}$")]
    private static partial Regex Identifier();
}
