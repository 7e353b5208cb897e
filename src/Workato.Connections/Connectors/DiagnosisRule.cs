namespace Workato.Connections.Connectors;

/// <summary>What an answer means: everything before <see cref="Cause"/> must fit, and at least one of it is said.</summary>
public sealed record DiagnosisRule
{
    /// <summary>The causes an answer can be the sign of, as <c>Diagnosing.Causes</c> names them. What is wrong on our side no app can say.</summary>
    public static IReadOnlyList<string> Known { get; } =
    [
        "credentials_rejected", "permission_missing", "token_revoked", "permission_expired", "secret_expired", "client_rejected", "callback_mismatch",
        "consent_required", "account_suspended", "app_down", "throttled", "wrong_address", "our_clock", "our_network", "unknown",
    ];

    /// <summary>When it may be asked for: by a test or a call, for the first tokens, for new ones, or by sending a person to the app.</summary>
    public static IReadOnlyList<string> Occasions { get; } = ["test", "sign_in", "refresh", "callback"];

    /// <summary>The statuses; null: any that is no success.</summary>
    public StatusRanges? Status { get; init; }

    /// <summary>The codes of the error, of which one must be there; none: any.</summary>
    public IReadOnlyList<string> Codes { get; init; } = [];

    /// <summary>JSON pointer (RFC 6901) to where <see cref="Texts"/> stand; null: in the app's own sentence, or the code.</summary>
    public string? At { get; init; }

    /// <summary>The header in which <see cref="Texts"/> stand.</summary>
    public string? Header { get; init; }

    /// <summary>Texts of which one must be contained, in capitals or not; none: whatever stands there.</summary>
    public IReadOnlyList<string> Texts { get; init; } = [];

    /// <summary>On which of <see cref="Occasions"/>; none: on all.</summary>
    public IReadOnlyList<string> While { get; init; } = [];

    /// <summary>Whether the status is one by which the app says "wrong credentials"; null: either.</summary>
    public bool? IsRejection { get; init; }

    /// <summary>Whether the credentials are tokens the app issued; null: either.</summary>
    public bool? UsesTokens { get; init; }

    /// <summary>What it means.</summary>
    public required string Cause { get; init; }

    /// <summary>What happened, without a full stop, with <c>{app}</c> and <c>{host}</c> in it; null: as that cause is told everywhere.</summary>
    public string? Words { get; init; }

    /// <summary>The one next step, a whole sentence; null: the cause's.</summary>
    public string? Next { get; init; }

    /// <summary>JSON pointer to the permission that is missing, a text or a list of them; null: nowhere.</summary>
    public string? Scope { get; init; }

    /// <summary>Whether anything has to fit.</summary>
    internal bool SaysWhen => Status is not null || Codes.Count > 0 || Texts.Count > 0 || At is not null || Header is not null || IsRejection is not null;
}
