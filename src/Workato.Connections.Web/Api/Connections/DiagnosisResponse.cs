namespace Workato.Connections.Web.Api.Connections;

/// <summary>Why a connection does not work.</summary>
internal sealed record DiagnosisResponse
{
    /// <summary>For example <c>token_revoked</c>, <c>permission_missing</c>, <c>app_down</c>, <c>our_clock</c>; <c>unknown</c> where nobody knows.</summary>
    public required string Cause { get; init; }

    /// <summary>What happened, why, and the one next step, for a person.</summary>
    public required string Words { get; init; }

    /// <summary>What was answered, line by line and without secrets; null where nothing was.</summary>
    public required string? Evidence { get; init; }

    /// <summary>What to do: <c>connect_again</c>, <c>edit_settings</c>, <c>check_permissions</c>, <c>check_oauth_app</c>, <c>check_setup</c>, <c>look_in_the_app</c>, <c>wait</c> or <c>read_evidence</c>.</summary>
    public required string NextStep { get; init; }

    /// <summary>The permissions that are missing, where that is why.</summary>
    public required IReadOnlyList<string> MissingScopes { get; init; }

    public static DiagnosisResponse? From(ConnectionProblem? problem) => problem is null ? null : new()
    {
        Cause = problem.Cause,
        Words = problem.Words,
        Evidence = problem.Evidence,
        NextStep = problem.NextStep,
        MissingScopes = problem.MissingScopes,
    };
}
