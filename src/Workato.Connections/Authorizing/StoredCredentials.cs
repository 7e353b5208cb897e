using System.Globalization;
using Workato.Connections.AuthMethods;
using Workato.Connections.Authorizing.Profiles;
using Workato.Connections.Connectors;
using Workato.Connections.Diagnosing;
using Workato.Connections.Secrets;

namespace Workato.Connections.Authorizing;

/// <summary>Opens what stands in a connection's row.</summary>
public sealed class StoredCredentials(ConnectorCatalog catalog, CredentialProtector protector)
{
    /// <summary>The credentials, or why there are none to be had.</summary>
    /// <param name="row">The connection.</param>
    /// <param name="profile">The custom OAuth profile it names, where it names one.</param>
    public Result<OpenCredentials> Open(Connection row, CustomOAuthProfile? profile)
    {
        if (catalog.Find(row.Provider) is not { } connector || connector.FindWay(row.SignInBy) is not { } way)
            return NotInstalled(row.Provider);
        if (!row.HasCredentials)
            return No($"The connection '{row.Name}' is not connected to {connector.Title}. Connect it first.");

        var tokens = row.SealedTokens is { } sealedTokens ? protector.OpenTokens(row.Id, sealedTokens) : null;
        var secrets = row.SealedSecrets is null ? new Dictionary<string, Secret>() : Secrets(row);
        return secrets is null || (row.UsesTokens && tokens is null)
            ? No($"The credentials of the connection '{row.Name}' cannot be read: they were altered or sealed under a key that is gone. {(row.UsesTokens ? "Connect it again" : "Enter them again")}.", Causes.Unreadable)
            : new OpenCredentials(connector, way.For(row.Settings), new(row.Settings, secrets)) { Tokens = tokens, Profile = Client(profile) };
    }

    /// <summary>As much as can be read, for filling in what is not given anew; null where the way to sign in is gone.</summary>
    public OpenCredentials? OpenWhatCanBe(Connection row, Connector connector) => connector.FindWay(row.SignInBy) is { } way
        ? new(connector, way.For(row.Settings), new(row.Settings, Secrets(row) ?? new Dictionary<string, Secret>()))
        : null;

    /// <summary>The client of a custom OAuth profile; without its secret where that cannot be opened.</summary>
    public OAuthClient? Client(CustomOAuthProfile? profile) => profile is null ? null : new(profile.ClientId, ProfileSecret(profile));

    /// <summary>The secret by which an app signs what it sends to this server; null where the profile has none that can be opened.</summary>
    public Secret? SigningSecret(CustomOAuthProfile profile) => OpenProfile(profile) is [_, { Length: > 0 } text] ? new(text) : null;

    /// <summary>Seals the secrets of a profile for its row: the client's, and the one by which the app signs.</summary>
    internal byte[]? SealProfile(int profileId, Secret? client, Secret? signing) => client is null && signing is null ? null
        : protector.Seal(SecretKinds.OAuthProfiles, ProfileRow(profileId), signing is null ? [client!.Reveal()] : new[] { client?.Reveal() ?? "", signing.Reveal() });

    /// <summary>The app's connector file is gone.</summary>
    internal static Refusal NotInstalled(string provider) =>
        No($"The connector '{provider}' of this connection is not installed any more. Put its file back into Connectors__Directory.", Causes.ConnectorMissing);

    private IReadOnlyDictionary<string, Secret>? Secrets(Connection row) => row.SealedSecrets is { } sealedSecrets ? protector.Open(row.Id, sealedSecrets) : null;

    private Secret? ProfileSecret(CustomOAuthProfile profile) => OpenProfile(profile) is [{ Length: > 0 } text, ..] ? new(text) : null;

    private string[]? OpenProfile(CustomOAuthProfile profile) =>
        profile.SealedSecret is { } sealedSecrets ? protector.Open<string[]>(SecretKinds.OAuthProfiles, ProfileRow(profile.Id), sealedSecrets) : null;

    private static string ProfileRow(int id) => "profile:" + id.ToString(CultureInfo.InvariantCulture);

    private static Refusal No(string message, string? cause = null) => new(RefusalKind.NotConnected, message) { Diagnosis = cause is null ? null : new(cause, message, null) };
}
