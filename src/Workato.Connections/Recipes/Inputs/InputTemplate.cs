using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using DotLiquid;
using DotLiquid.Exceptions;

namespace Workato.Connections.Recipes.Inputs;

/// <summary>
/// A text of a step's input, in Liquid: <c>{{ note.text }}</c> is what the step called <c>note</c> brought. It may choose
/// (<c>if</c>, <c>unless</c>, <c>case</c>) and repeat (<c>for</c>), and keeps nothing: what it can do is bounded in time and size.
/// </summary>
internal sealed partial class InputTemplate
{
    /// <summary>The longest text, in characters.</summary>
    public const int MaxLength = 32 * 1024;

    /// <summary>The longest result, in characters.</summary>
    public const int MaxResult = 1024 * 1024;

    private const int MaxTags = 100;
    private const int MaxIterations = 10_000;
    private const int MaxMilliseconds = 2_000;

    // Tags that lie in one another are read in one another: many of them would end the process.
    private static readonly HashSet<string> Tags = ["if", "elsif", "else", "endif", "unless", "endunless", "case", "when", "endcase", "for", "endfor"];

    private readonly Template? template;
    private readonly string text;
    private readonly string? value;

    private InputTemplate(string text, Template? template) => (this.text, this.template, value) = (text, template, WholeValue().Match(text) is { Success: true } whole ? whole.Groups[1].Value : null);

    /// <summary>The steps it refers to, by name.</summary>
    public IReadOnlyList<string> Names => template is null ? [] : TemplateNames.In(text);

    /// <summary>Reads it; what is wrong with it is said in words that stand behind the field's name.</summary>
    public static (InputTemplate? Template, string? Problem) Read(string written)
    {
        var text = Datapills.ToLiquid(written);
        if (!text.Contains("{{", StringComparison.Ordinal) && !text.Contains("{%", StringComparison.Ordinal)) return (new(text, null), null);
        if (text.Length > MaxLength) return (null, $"is too long for a template (maximum is {MaxLength} characters)");
        var tags = Tag().Matches(text);
        if (tags.Count > MaxTags) return (null, $"may have {MaxTags} tags at the most");
        if (tags.FirstOrDefault(t => !Tags.Contains(t.Groups[1].Value)) is { } unknown) return (null, $"uses the tag '{unknown.Groups[1].Value}'; allowed are if, unless, case and for");
        if (TemplateNames.Filters(text).FirstOrDefault(f => !InputFilters.Names.Contains(f)) is { } filter) return (null, $"uses the filter '{filter}', which there is not; see docs/recipes.md");
        try
        {
            // Not made safe for many threads: then it would forget our filters.
            return (new(text, Template.Parse(text)), null);
        }
        catch (Exception e) when (e is SyntaxException or FilterNotFoundException or System.ArgumentException)
        {
            return (null, TemplateFaults.Of(text));
        }
    }

    /// <summary>What it comes to. One value alone keeps its type: a number, a list, an object.</summary>
    /// <exception cref="InputException">It cannot be worked out, or comes to too much.</exception>
    public JsonNode? Fill(InputValues values)
    {
        if (template is null) return JsonValue.Create(text);
        try
        {
            return value is not null ? InputValues.ToJson(values.Context()[value]) : JsonValue.Create(Render(values));
        }
        catch (Exception e) when (e is not (InputException or OutOfMemoryException))
        {
            throw new InputException(e switch
            {
                MaximumIterationsExceededException => $"repeats more than {MaxIterations} times",
                System.TimeoutException => $"takes more than {MaxMilliseconds / 1000} seconds to work out",
                _ => Answers.OneLine.Of(e.Message),
            });
        }
    }

    private string Render(InputValues values)
    {
        using var result = new BoundedWriter();
        template!.Render(result, new(CultureInfo.InvariantCulture)
        {
            LocalVariables = values.Hash(), Filters = [typeof(InputFilters)], MaxIterations = MaxIterations, Timeout = MaxMilliseconds, ErrorsOutputMode = ErrorsOutputMode.Rethrow,
        });
        return result.ToString();
    }

    [GeneratedRegex(@"\{%-?\s*(\w*)")]
    private static partial Regex Tag();

    [GeneratedRegex(@"^\s*\{\{-?\s*([^|{}]+?)\s*-?\}\}\s*$")]
    private static partial Regex WholeValue();

    private sealed class BoundedWriter() : StringWriter(CultureInfo.InvariantCulture)
    {
        public override void Write(char value)
        {
            Room(1);
            base.Write(value);
        }

        public override void Write(string? value)
        {
            Room(value?.Length ?? 0);
            base.Write(value);
        }

        private void Room(int more)
        {
            if (GetStringBuilder().Length + more > MaxResult) throw new InputException($"comes to more than {MaxResult / 1024 / 1024} MB");
        }
    }
}

/// <summary>An input cannot be worked out.</summary>
/// <param name="problem">Why; stands behind the name of the field.</param>
/// <param name="name">The field, where it is known.</param>
internal sealed class InputException(string problem, string? name = null) : Exception(name is null ? problem : $"{name} {problem}")
{
    public string Problem => problem;

    public string? Field => name;
}
