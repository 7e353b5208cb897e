using System.Text.RegularExpressions;
using System.Text;
using Workato.Connections.AuthMethods;
using Workato.Connections.Authorizing;
using Workato.Connections.Connectors;
using Workato.Connections.Egress;
using Workato.Connections.Secrets;

namespace Workato.Connections;

/// <summary>
/// Checks the <c>input</c> of a connection against its connector's fields. What is already there stays where nothing new
/// is given, as long as it goes to the same address: a secret never follows a changed address by itself.
/// </summary>
internal sealed partial class ConnectionInput(Connector connector, EgressRules egress)
{
    private readonly Dictionary<string, string[]> errors = [];

    /// <param name="given">Field names and texts; a null means "not given", an empty text takes a setting away.</param>
    /// <param name="current">What the connection has now, or null.</param>
    public Result<OpenCredentials> Check(IReadOnlyDictionary<string, string?> given, OpenCredentials? current)
    {
        var way = Way(given, current);
        if (way is null) return Refusal.Invalid(errors);
        RefuseUnknown(given, way);

        // Fields of another way to sign in are not carried over, even where they have the same name.
        var kept = current is null || current.Way.Name == way.Name ? current?.Values : new(OnlyCommon(current.Given.Settings), new Dictionary<string, Secret>());
        var settings = new Dictionary<string, string>();
        var secrets = new Dictionary<string, Secret>();
        foreach (var field in connector.FieldsFor(way)) Take(field, given, kept, settings, secrets);
        if (errors.Count > 0) return Refusal.Invalid(errors);

        var values = new FieldValues(settings, secrets);
        way = way.For(settings);
        foreach (var (field, problem) in way.Method.Problems(way.Placement, values)) Complain(field, problem);
        CheckAddress(way, settings);
        if (errors.Count == 0 && current is not null) AskAgainWhereAddressMoved(given, way, settings, current);
        return errors.Count > 0 ? Refusal.Invalid(errors) : new OpenCredentials(connector, way, values);
    }

    private SignInWay? Way(IReadOnlyDictionary<string, string?> given, OpenCredentials? current)
    {
        var name = connector.ChooseBy is { } chooser && given.TryGetValue(chooser, out var chosen) && !string.IsNullOrEmpty(chosen) ? chosen : current?.Way.Name;
        if (connector.FindWay(name) is { } way) return way;
        Complain(connector.ChooseBy ?? "auth_type", $"is not a way to sign in to {connector.Title}; allowed: {string.Join(", ", connector.Ways.Select(w => w.Name))}");
        return null;
    }

    private void RefuseUnknown(IReadOnlyDictionary<string, string?> given, SignInWay way)
    {
        var known = connector.FieldsFor(way).Select(f => f.Name).Concat(connector.ChooseBy is { } c ? [c] : []).ToArray();
        // A form carries the fields of all ways; those left empty are no mistake.
        foreach (var (name, _) in given.Where(g => !known.Contains(g.Key) && !string.IsNullOrEmpty(g.Value)))
        {
            Complain(name, $"is not a field of {connector.Title} when signing in by {way.Title}; allowed: {string.Join(", ", known)}");
        }
    }

    private void Take(
        ConnectorField field, IReadOnlyDictionary<string, string?> given, FieldValues? kept, Dictionary<string, string> settings, Dictionary<string, Secret> secrets)
    {
        var text = given.GetValueOrDefault(field.Name);
        if (field.Control is not (Controls.TextArea or Controls.Password)) text = text?.Trim();
        if (field.Secret)
        {
            // An empty password box means "leave it as it is": it never shows what is stored.
            if (string.IsNullOrEmpty(text) && kept?.Secrets.GetValueOrDefault(field.Name) is { } stored) secrets[field.Name] = stored;
            else if (IsThere(field, text)) secrets[field.Name] = new(text!);
            return;
        }

        text ??= kept?.Settings.GetValueOrDefault(field.Name) ?? field.Default;
        if (string.IsNullOrEmpty(text)) text = field.Default;
        if (IsThere(field, text)) settings[field.Name] = text!;
    }

    private bool IsThere(ConnectorField field, string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            if (field.Required) Complain(field.Name, "can't be blank");
            return false;
        }

        if (Problem(field, text) is not { } problem) return true;
        Complain(field.Name, problem);
        return false;
    }

    private static string? Problem(ConnectorField field, string text)
    {
        var (multiline, max) = field.Control == Controls.TextArea ? (true, ConnectorField.MaxTextLength) : (false, ConnectorField.MaxLength);
        if (text.Length > max) return $"is too long (maximum is {max} characters)";
        if (text.EnumerateRunes().Any(r => Rune.IsControl(r) && !(multiline && r.Value is '\n' or '\r'))) return "must not contain control characters or line breaks";
        return field.Control switch
        {
            Controls.Select when field.Options.All(o => o.Value != text) => $"is not included in the list; allowed: {string.Join(", ", field.Options.Select(o => o.Value))}",
            Controls.Checkbox when text is not ("true" or "false") => "must be true or false",
            Controls.Subdomain when !Labels().IsMatch(text) => "must be a part of a host name: letters, digits and hyphens, without https:// and slashes",
            Controls.Host when !HostAndPort().IsMatch(text) => "must be a host name such as acme.example.com, without https:// and slashes",
            Controls.Url when !Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Query.Length > 0 || uri.Fragment.Length > 0 => "must be an address such as https://acme.example.com/api, without ? and #",
            _ => null,
        };
    }

    private void CheckAddress(SignInWay way, Dictionary<string, string> settings)
    {
        if (errors.Count > 0) return;
        foreach (var template in way.Placement.Addresses.Select(a => a.Address).Where(a => a.BeginsWithField))
        {
            if (Uri.TryCreate(template.Fill(settings.GetValueOrDefault), UriKind.Absolute, out var uri) && egress.Complaint(uri) is { } wrong) Complain(template.Fields[0], wrong);
        }

        // What the app tells while one signs in is not known yet.
        if (way.BaseUrl.Fields.Intersect(way.Placement.Learned).Any()) return;
        var text = connector.BaseUrlFor(way, settings);
        if (!Uri.TryCreate(text, UriKind.Absolute, out var address)) Complain(connector.AddressField, "makes no valid address");
        // A setting in the path stays in the path.
        else if (text.AsSpan().ContainsAny('?', '#', '\\') || text.Split('/').Any(segment => Uri.UnescapeDataString(segment) is "." or ".."))
            Complain(connector.AddressField, "makes an address with '?', '#' or '..' in it, which is not allowed");
        else if (egress.Complaint(address) is { } complaint) Complain(connector.AddressField, complaint);
    }

    private void AskAgainWhereAddressMoved(IReadOnlyDictionary<string, string?> given, SignInWay way, Dictionary<string, string> settings, OpenCredentials current)
    {
        if (Authorities(current.Way, current.Given.Settings).SequenceEqual(Authorities(way, settings))) return;
        foreach (var field in connector.FieldsFor(way).Where(f => f.Secret && current.Given.Secrets.ContainsKey(f.Name) && string.IsNullOrEmpty(given.GetValueOrDefault(f.Name))))
        {
            Complain(field.Name, "must be given again, because the address changes: stored secrets are not sent to another host");
        }
    }

    // Null where the settings make no address: those of an empty shell, or from before the connector's file changed.
    private IEnumerable<string?> Authorities(SignInWay way, IReadOnlyDictionary<string, string> settings) =>
        way.Placement.Addresses.Select(a => a.Address.Fill(settings.GetValueOrDefault)).Prepend(connector.BaseUrlFor(way, settings))
            .Select(text => Uri.TryCreate(text, UriKind.Absolute, out var address) ? address.GetLeftPart(UriPartial.Authority) : null);

    private Dictionary<string, string> OnlyCommon(IReadOnlyDictionary<string, string> settings) =>
        settings.Where(s => connector.Fields.Any(f => f.Name == s.Key)).ToDictionary();

    private void Complain(string field, string problem) =>
        errors["input." + field] = errors.TryGetValue("input." + field, out var before) ? [.. before, problem] : [problem];

    [GeneratedRegex("^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*$")]
    private static partial Regex Labels();

    [GeneratedRegex("^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:[0-9]{1,5})?$")]
    private static partial Regex HostAndPort();
}
