namespace Workato.Connections;

/// <summary>
/// The permission to act in one instance of one app, usually as one user of it. The connection stays when its
/// credentials go: recipes refer to it by <see cref="Id"/>.
/// </summary>
public sealed class Connection
{
    /// <summary>The table, by which changes are announced.</summary>
    public const string Table = "connections";

    /// <summary>The longest name, in characters.</summary>
    public const int MaxNameLength = 255;

    /// <summary>The longest description, in characters.</summary>
    public const int MaxDescriptionLength = 2000;

    /// <summary>The longest id of an end user, in characters.</summary>
    public const int MaxExternalIdLength = 255;

    /// <summary>How long before a known end it is told, at the most.</summary>
    public static readonly TimeSpan WarnedAhead = TimeSpan.FromDays(14);

    private const double PartOfLife = 0.2;

    /// <summary>The id in the API; also the sub-purpose its secrets are sealed under.</summary>
    public int Id { get; init; }

    /// <summary>Not unique, as in Workato.</summary>
    public required string Name { get; set; }

    /// <summary>What it is for.</summary>
    public string? Description { get; set; }

    /// <summary>The connector's id. Never changes: a connection belongs to one app.</summary>
    public required string Provider { get; init; }

    /// <summary>The folder it lies in, and thereby its project.</summary>
    public required int FolderId { get; set; }

    /// <summary>The connection it takes its settings from, for runtime user connections; of the same provider.</summary>
    public int? ParentId { get; set; }

    /// <summary>The end user whose connection it is, for runtime user connections.</summary>
    public string? ExternalId { get; set; }

    /// <summary>Who is told when the end user has connected it; null: nobody.</summary>
    public string? CallbackUrl { get; set; }

    /// <summary>Where the end user's browser goes then; null: it stays here.</summary>
    public string? RedirectUrl { get; set; }

    /// <summary>The chosen way to sign in, by its name in the connector.</summary>
    public required string SignInBy { get; set; }

    /// <summary>What was given and may be shown.</summary>
    public required Dictionary<string, string> Settings { get; set; }

    /// <summary>What was given and may not be shown, sealed for this row; null where there are no credentials.</summary>
    public byte[]? SealedSecrets { get; set; }

    /// <summary>What the app issued, sealed for this row; null where there are no tokens.</summary>
    public byte[]? SealedTokens { get; set; }

    /// <summary>Whether the credentials are tokens the app issues: then there are none without <see cref="SealedTokens"/>.</summary>
    public bool UsesTokens { get; set; }

    /// <summary>The custom OAuth profile whose client it is, where the app asks for one.</summary>
    public int? CustomOAuthProfileId { get; set; }

    /// <summary>The permissions asked for, with spaces between them; null where the app knows none.</summary>
    public string? RequestedScopes { get; set; }

    /// <summary>The permissions the app says it gave; null where it does not say.</summary>
    public string? GrantedScopes { get; set; }

    /// <summary>When the access token ends; null where there is none, or it does not end.</summary>
    public DateTimeOffset? TokensExpireAt { get; set; }

    /// <summary>When a new access token is to be got ahead of the old one's end, or tried for again; null: not by itself.</summary>
    public DateTimeOffset? RefreshDueAt { get; set; }

    /// <summary>Who is getting new tokens at present, or began to and never said how it ended.</summary>
    public string? RefreshHolder { get; set; }

    /// <summary>Until when nobody else may. The holder moves it on while it works.</summary>
    public DateTimeOffset? RefreshHeldUntil { get; set; }

    /// <summary>How often in a row getting new tokens did not come to an end.</summary>
    public int RefreshFailures { get; set; }

    /// <summary>Why it did not, in words for a person.</summary>
    public string? RefreshProblem { get; set; }

    /// <summary>Goes up whenever the credentials are replaced, refreshed or removed. Whoever reports on credentials names the version seen.</summary>
    public int CredentialVersion { get; set; }

    /// <summary>What the app said last.</summary>
    public AuthorizationStatus? Status { get; set; }

    /// <summary>Why it is not <see cref="AuthorizationStatus.Success"/>, in words for a person.</summary>
    public string? Error { get; set; }

    /// <summary>Which cause that is, one of <see cref="Diagnosing.Causes"/>; null where nothing is wrong.</summary>
    public string? Cause { get; set; }

    /// <summary>What the app answered, without secrets; null where nothing is wrong, or it answered nothing.</summary>
    public string? Evidence { get; set; }

    /// <summary>The open incident it is part of; null: none.</summary>
    public int? IncidentId { get; set; }

    /// <summary>When the app is asked next by itself; null: not.</summary>
    public DateTimeOffset? TestDueAt { get; set; }

    /// <summary>When the permission, key or certificate ends for good, as far as anybody knows.</summary>
    public DateTimeOffset? EndsAt { get; set; }

    /// <summary>When <see cref="EndsAt"/> is told to people.</summary>
    public DateTimeOffset? WarnAt { get; set; }

    /// <summary>Whether <see cref="EndsAt"/> was told by a person, and not learned from the app.</summary>
    public bool EndIsGiven { get; set; }

    /// <summary>Whose account it was before the credentials were replaced by those of another one; null: the same.</summary>
    public string? IdentityBefore { get; set; }

    /// <summary>When these credentials were proved first.</summary>
    public DateTimeOffset? AuthorizedAt { get; set; }

    /// <summary>The member who gave these credentials or agreed at the app; null where it was none.</summary>
    public int? AuthorizedById { get; set; }

    /// <summary>Who it was, by name, also where it was no member.</summary>
    public string? AuthorizedBy { get; set; }

    /// <summary>When the app was last asked by a test.</summary>
    public DateTimeOffset? TestedAt { get; set; }

    /// <summary>As whom the app knows us, from its own answer.</summary>
    public string? Identity { get; set; }

    /// <summary>When a working connection stopped working.</summary>
    public DateTimeOffset? LostAt { get; set; }

    /// <summary>Why it stopped working.</summary>
    public string? LostReason { get; set; }

    /// <summary>Whose account it is.</summary>
    public AccountKind AccountKind { get; set; }

    /// <summary>Which data it reaches.</summary>
    public AppEnvironment Environment { get; set; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last changed by somebody; a test is not a change.</summary>
    public required DateTimeOffset UpdatedAt { get; set; }

    /// <summary>It ends then, as far as is known as of <paramref name="now"/>.</summary>
    public void Ends(DateTimeOffset? end, bool isGiven, DateTimeOffset now) => (EndsAt, EndIsGiven, WarnAt) = (end, isGiven, WarningOf(end, isGiven, now));

    /// <summary>14 days before the end; of what lives shortly, when a fifth of its life is left: what is always renewed before then is no news.</summary>
    internal static DateTimeOffset? WarningOf(DateTimeOffset? end, bool isGiven, DateTimeOffset now)
    {
        if (end is not { } at) return null;
        var part = (at - now) * PartOfLife;
        return at - (isGiven || part > WarnedAhead ? WarnedAhead : part > TimeSpan.Zero ? part : TimeSpan.Zero);
    }

    /// <summary>Whether it is an end user's own, below the connection of a recipe.</summary>
    public bool IsRuntimeUser => ParentId is not null && ExternalId is not null;

    /// <summary>Whether it holds credentials that can be put on a request.</summary>
    public bool HasCredentials => UsesTokens ? SealedTokens is not null : SealedSecrets is not null;
}
