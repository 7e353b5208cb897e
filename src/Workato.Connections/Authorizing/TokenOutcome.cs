using Workato.Connections.AuthMethods;
using Workato.Connections.Diagnosing;

namespace Workato.Connections.Authorizing;

/// <summary>How asking an app for tokens ended.</summary>
public abstract record TokenOutcome
{
    private TokenOutcome()
    {
    }

    /// <summary>Why there are no tokens, one of <see cref="Causes"/>; null where there are.</summary>
    public string? Cause { get; init; }

    /// <summary>What was answered, without secrets; null where nothing was.</summary>
    public string? Evidence { get; init; }

    /// <summary>Why there are no tokens; null where there are.</summary>
    public Diagnosis? Diagnosis => Problem is { } words ? new(Cause ?? Causes.Unknown, words, Evidence) : null;

    /// <summary>This, for that reason.</summary>
    internal TokenOutcome Because(Diagnosis why) => this with { Cause = why.Cause, Evidence = why.Evidence };

    /// <summary>This, for that reason, of which nothing was answered.</summary>
    internal TokenOutcome Because(string cause) => this with { Cause = cause };

    /// <summary>The app issued tokens.</summary>
    public sealed record Granted(Tokens Tokens) : TokenOutcome;

    /// <summary>The app said no.</summary>
    /// <param name="Code">The error's code (RFC 6749 section 5.2), where there was one.</param>
    /// <param name="Words">Why, for a person.</param>
    /// <param name="IsFinal">Whether the grant is gone for good, so that asking again is no use. A wrong client is not: it can be put right.</param>
    public sealed record Refused(string? Code, string Words, bool IsFinal) : TokenOutcome;

    /// <summary>The app could not be asked, or answered that it cannot answer: nothing was used up.</summary>
    public sealed record InTrouble(string Words) : TokenOutcome
    {
        /// <summary>When the app wants to be asked again; null where it does not say.</summary>
        public TimeSpan? RetryAfter { get; init; }
    }

    /// <summary>The app was asked and no answer came: it may have issued tokens that nobody has.</summary>
    public sealed record Unknown(string Words) : TokenOutcome;

    /// <summary>Why there are no tokens, for a person.</summary>
    public string? Problem => this switch
    {
        Refused refused => refused.Words,
        InTrouble trouble => trouble.Words,
        Unknown unknown => unknown.Words,
        _ => null,
    };
}
