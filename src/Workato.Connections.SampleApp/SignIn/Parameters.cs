using Microsoft.Extensions.Primitives;

namespace Workato.Connections.SampleApp.SignIn;

/// <summary>Parameters each of which comes once at most (RFC 6749, 3.1 and 3.2); empty ones count as not sent.</summary>
internal sealed class Parameters
{
    private readonly IReadOnlyDictionary<string, string> _values;

    private Parameters(IEnumerable<KeyValuePair<string, StringValues>> all)
    {
        var sent = all.ToArray();
        Repeated = sent.FirstOrDefault(parameter => parameter.Value.Count > 1).Key;
        _values = sent.Where(parameter => parameter.Value is [{ Length: > 0 }]).ToDictionary(p => p.Key, p => p.Value[0]!, StringComparer.Ordinal);
    }

    /// <summary>The name of one that came more than once, or null.</summary>
    public string? Repeated { get; }

    public string? this[string name] => _values.GetValueOrDefault(name);

    public static Parameters OfQuery(HttpRequest request) => new(request.Query);

    /// <summary>Those of a form; null if the body is none.</summary>
    public static async Task<Parameters?> OfFormAsync(HttpRequest request)
    {
        if (!request.HasFormContentType) return null;
        try
        {
            return new(await request.ReadFormAsync(request.HttpContext.RequestAborted));
        }
        catch (Exception unreadable) when (unreadable is InvalidDataException or BadHttpRequestException)
        {
            return null;
        }
    }
}
