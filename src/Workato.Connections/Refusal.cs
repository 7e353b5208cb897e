using System.Text.Json.Serialization;
using Workato.Connections.Diagnosing;

namespace Workato.Connections;

/// <summary>Why something was not done. Decides the status of the answer.</summary>
public enum RefusalKind
{
    /// <summary>What was given is wrong; <see cref="Refusal.Errors"/> says field by field what is allowed.</summary>
    Invalid,

    /// <summary>There is no such thing.</summary>
    NotFound,

    /// <summary>Something else needs it; <see cref="Refusal.Users"/> names what.</summary>
    InUse,

    /// <summary>It may not be done to this one, whoever asks.</summary>
    Forbidden,

    /// <summary>The app did not accept the new credentials; the old ones were kept.</summary>
    Unproved,

    /// <summary>The connection holds no credentials, or none that can be opened.</summary>
    NotConnected,

    /// <summary>Somebody else changed it in the meantime.</summary>
    Conflict,

    /// <summary>Not now, and nobody's fault here: <see cref="Refusal.RetryAfter"/> says when to ask again.</summary>
    NotNow,

    /// <summary>The user on whose behalf it is to be done has no connection of their own yet; <see cref="Refusal.Connect"/> says where to make it.</summary>
    UserNotConnected,
}

/// <summary>Something that uses a connection, by which deleting it would be felt.</summary>
/// <param name="Kind">For example <c>recipe</c> or <c>runtime user connection</c>.</param>
/// <param name="Id">Its id; null where the asker may not see it.</param>
/// <param name="Name">Its name; null where the asker may not see it.</param>
public sealed record ConnectionUser(string Kind, int? Id, string? Name)
{
    /// <summary>Whether it is at work, so that disconnecting is felt at once. What is not is only in the way of deleting.</summary>
    [JsonIgnore]
    public bool IsActive { get; init; } = true;

    /// <summary>Several in a sentence: <c>recipe 'Invoices' (7), recipe 'Orders' (9)</c>.</summary>
    public static string Names(IEnumerable<ConnectionUser> users) => string.Join(", ", users.GroupBy(u => u.Name is null ? u.Kind : null).SelectMany(g => g.Key is { } kind ? [Hidden(kind, g.Count())] : g.Select(u => u.InWords())));

    /// <summary>This one in a sentence.</summary>
    public string InWords() => Name is null ? Hidden(Kind, 1) : $"{Kind} '{Name}' ({Id})";

    private static string Hidden(string kind, int count) => count == 1 ? $"a {kind} in a project you cannot see" : $"{count} {kind}s in projects you cannot see";
}

/// <summary>An expected "no": a value with the cause and what to do about it, in words fit to show.</summary>
/// <param name="Kind">What kind of no.</param>
/// <param name="Message">One or two sentences for a person.</param>
public sealed record Refusal(RefusalKind Kind, string Message)
{
    /// <summary>What is wrong with the connection, where that is why.</summary>
    [JsonIgnore]
    public Diagnosis? Diagnosis { get; init; }

    /// <summary>For <see cref="RefusalKind.Invalid"/>: by field what is wrong with it.</summary>
    public IReadOnlyDictionary<string, string[]> Errors { get; init; } = new Dictionary<string, string[]>();

    /// <summary>For <see cref="RefusalKind.InUse"/>: what uses it.</summary>
    public IReadOnlyList<ConnectionUser> Users { get; init; } = [];

    /// <summary>For <see cref="RefusalKind.UserNotConnected"/>: by app the link on which the user connects it.</summary>
    public IReadOnlyList<ConnectLink> Connect { get; init; } = [];

    /// <summary>For <see cref="RefusalKind.NotNow"/>: how long to wait before asking again.</summary>
    public TimeSpan RetryAfter { get; init; }

    /// <summary>One field is wrong.</summary>
    public static Refusal Invalid(string field, string problem) => Invalid(new Dictionary<string, string[]> { [field] = [problem] });

    /// <summary>Several fields are wrong.</summary>
    public static Refusal Invalid(IReadOnlyDictionary<string, string[]> errors) => new(RefusalKind.Invalid, "Validation failed") { Errors = errors };

    /// <summary>There is no such thing (or it is not for the one who asks).</summary>
    public static Refusal NotFound(string what) => new(RefusalKind.NotFound, $"{what} not found");

    /// <summary>Something uses it.</summary>
    public static Refusal InUse(string message, IReadOnlyList<ConnectionUser> users) => new(RefusalKind.InUse, message) { Users = users };
}

/// <summary>Either what was asked for or the reason why not.</summary>
public readonly record struct Result<T>
{
    private Result(T? value, Refusal? refusal) => (Value, Refusal) = (value, refusal);

    /// <summary>What was asked for, where <see cref="Refusal"/> is null.</summary>
    public T? Value { get; }

    /// <summary>Why not, or null.</summary>
    public Refusal? Refusal { get; }

    /// <summary>Yes.</summary>
    public static implicit operator Result<T>(T value) => new(value, null);

    /// <summary>No.</summary>
    public static implicit operator Result<T>(Refusal refusal) => new(default, refusal);
}
