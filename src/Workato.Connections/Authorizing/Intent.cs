using Workato.Connections.Auditing;
using Workato.Connections.Secrets;

namespace Workato.Connections.Authorizing;

/// <summary>What is meant to become of an authorization, kept sealed while the person is away.</summary>
/// <param name="Wanted">The connection to be made; null: one that is there is connected.</param>
/// <param name="Input">The fields given.</param>
/// <param name="RedirectUri">Where the person is sent back to.</param>
/// <param name="Verifier">The proof key's secret (RFC 7636); null where there is none.</param>
/// <param name="TokenSecret">OAuth 1.0's temporary shared-secret; null with OAuth 2.0.</param>
/// <param name="ReturnsToPage">Whether the person goes on to the connection's page, and not back to a window that waits.</param>
internal sealed record Intent(
    IntendedConnection? Wanted, IReadOnlyDictionary<string, string?> Input, string RedirectUri, string? Verifier, string? TokenSecret, bool ReturnsToPage)
{
    /// <summary>The code a device waits with (RFC 8628); null where a browser comes back.</summary>
    public string? DeviceCode { get; init; }

    /// <summary>Who began it: whoever comes back acts for them.</summary>
    public Actor By { get; init; } = Actor.Nobody;

    /// <summary>The recipe that is to use the connection once it is made, and the step in whose panel that was begun; null: none.</summary>
    public RecipeStepPlace? For { get; init; }
}

/// <summary>A step of a recipe, from which somebody set out to make a connection.</summary>
/// <param name="RecipeId">The recipe.</param>
/// <param name="Step">The step's number.</param>
public sealed record RecipeStepPlace(int RecipeId, int Step);

/// <summary>See <see cref="NewConnection"/>.</summary>
internal sealed record IntendedConnection(string? Name, string? Description, int? FolderId, int? ParentId, string? ExternalId, AccountKind AccountKind, AppEnvironment Environment);

/// <summary>Seals intents under the hash of the state they wait for.</summary>
internal static class IntentSeal
{
    public static byte[] SealIntent(this CredentialProtector protector, byte[] stateHash, Intent intent) =>
        protector.Seal(SecretKinds.AuthorizationAttempts, Convert.ToHexStringLower(stateHash), intent);

    public static Intent? OpenIntent(this CredentialProtector protector, AuthorizationAttempt attempt) =>
        protector.Open<Intent>(SecretKinds.AuthorizationAttempts, Convert.ToHexStringLower(attempt.StateHash), attempt.SealedIntent);
}
