using System.Collections.Frozen;

namespace Workato.Connections.Connectors;

/// <summary>Every app people can connect to, read once at start: the files we ship and the operator's own.</summary>
public sealed class ConnectorCatalog
{
    private readonly FrozenDictionary<string, Connector> byProvider;

    private ConnectorCatalog(IEnumerable<Connector> connectors, IReadOnlyList<ConnectorProblem> problems)
    {
        byProvider = connectors.SelectMany(c => c.HasSecondary ? [c, c.AsSecondary()] : new[] { c }).ToFrozenDictionary(c => c.Provider);
        All = [.. byProvider.Values.OrderBy(c => c.Title, StringComparer.OrdinalIgnoreCase)];
        Problems = problems;
    }

    /// <summary>All connectors by title, secondary ones included.</summary>
    public IReadOnlyList<Connector> All { get; }

    /// <summary>The files that were refused, and why.</summary>
    public IReadOnlyList<ConnectorProblem> Problems { get; }

    /// <summary>The connector with this provider id, or null.</summary>
    public Connector? Find(string provider) => byProvider.GetValueOrDefault(provider);

    /// <summary>The app's name as people say it; its id, where its file is gone.</summary>
    public string TitleOf(string provider) => Find(provider)?.Title ?? provider;

    /// <summary>"Did you mean", for an id that is not there.</summary>
    public string? Suggest(string provider) => Nearest.To(provider, byProvider.Keys);

    /// <summary>The answer to a provider id that is not there.</summary>
    public Refusal UnknownProvider(string? provider) => Refusal.Invalid("provider", string.IsNullOrWhiteSpace(provider)
        ? "can't be blank"
        : "is not included in the list; " + (Suggest(provider) is { } meant ? $"did you mean '{meant}'?" : "GET /api/integrations/all names all of them"));

    /// <summary>
    /// Reads the shipped files and those in <paramref name="directory"/>, which may replace shipped ones.
    /// <paramref name="preset"/> gives an operator's default for a provider's field, or null.
    /// </summary>
    /// <exception cref="StartRefusedException">The directory does not exist.</exception>
    public static ConnectorCatalog Load(string? directory, Func<string, string, string?>? preset = null)
    {
        var connectors = new Dictionary<string, (Connector Connector, string File)>();
        var problems = new List<ConnectorProblem>();
        foreach (var files in new[] { ShippedFiles(), OwnFiles(directory) })
        {
            var ofThisSource = new HashSet<string>();
            foreach (var (file, text) in files)
            {
                var (connector, wrong) = Read(file, text);
                problems.AddRange(wrong);
                if (connector is null) continue;
                if (ofThisSource.Add(connector.Provider)) connectors[connector.Provider] = (connector, file);
                else problems.Add(new(file, 1, $"the provider '{connector.Provider}' is already taken by {connectors[connector.Provider].File}; choose another id"));
            }
        }

        return new(connectors.Values.Select(c => preset is null ? c.Connector : WithPresets(c.Connector, preset)), problems);
    }

    private static (Connector? Connector, IReadOnlyList<ConnectorProblem> Problems) Read(string file, Func<string> text)
    {
        try
        {
            return ConnectorReader.Read(file, text());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return (null, [new(file, 1, "cannot be read: " + e.Message)]);
        }
    }

    private static Connector WithPresets(Connector connector, Func<string, string, string?> preset) => connector with
    {
        Fields = [.. connector.Fields.Select(f => !f.Secret && preset(connector.Provider, f.Name) is { } value ? f with { Default = value } : f)],
    };

    private static IEnumerable<(string File, Func<string> Text)> ShippedFiles()
    {
        var assembly = typeof(ConnectorCatalog).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.StartsWith("Catalog/", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            yield return (name, Text);

            string Text()
            {
                using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
                return reader.ReadToEnd();
            }
        }
    }

    private static IEnumerable<(string File, Func<string> Text)> OwnFiles(string? directory)
    {
        if (string.IsNullOrWhiteSpace(directory)) return [];
        if (!Directory.Exists(directory)) throw new StartRefusedException($"Connectors__Directory names {directory}, which is not a directory. Create it or remove the setting.");
        return Directory.EnumerateFiles(directory, "*.yaml").Order(StringComparer.Ordinal).Select(f => (f, (Func<string>)(() => File.ReadAllText(f))));
    }
}
