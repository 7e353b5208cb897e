using System.Text.RegularExpressions;

namespace Workato.Connections.Connectors;

/// <summary>Reads one field of a connector file.</summary>
internal static partial class FieldReader
{
    public static ConnectorField Read(YamlMap map)
    {
        var field = ReadField(map);
        map.RefuseUnknownKeys();
        return field;
    }

    private static ConnectorField ReadField(YamlMap map)
    {
        var control = map.TextOrNull("control") ?? Controls.Text;
        var options = map.Maps("options").Select(Option).ToArray();
        var field = new ConnectorField
        {
            Name = map.Text("name", "api_key"),
            Label = map.Text("label", "API key"),
            Hint = map.TextOrNull("hint"),
            Control = control,
            Required = map.Flag("required", true),
            Secret = map.Flag("secret", control == Controls.Password) || control == Controls.Password,
            Default = map.TextOrNull("default"),
            Placeholder = map.TextOrNull("placeholder"),
            Options = options,
        };

        if (!Controls.All.Contains(control)) map.Complain($"there is no control '{control}'; write one of {string.Join(", ", Controls.All)}", "control");
        if (field.Name.Length > 0 && !FieldName().IsMatch(field.Name)) map.Complain("a field's name is letters, digits and _, beginning with a letter", "name");
        if (control == Controls.Select != options.Length > 0) map.Complain("'options' belong to control: select, and a select needs them", "options");
        if (field is { Secret: true, Default: not null }) map.Complain("a secret has no default; remove the line", "default");
        if (options.Length > 0 && field.Default is { } chosen && options.All(o => o.Value != chosen)) map.Complain("'default' must be the value of one of the options", "default");
        return field;
    }

    private static FieldOption Option(YamlMap map)
    {
        var value = map.Text("value", "eu");
        var option = new FieldOption(value, map.TextOrNull("label") ?? value);
        map.RefuseUnknownKeys();
        return option;
    }

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_]*$")]
    private static partial Regex FieldName();
}
