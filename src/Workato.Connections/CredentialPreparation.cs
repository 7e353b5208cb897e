using Workato.Connections.AuthMethods;
using Workato.Connections.Authorizing;
using Workato.Connections.Authorizing.Profiles;
using Workato.Connections.Connectors;
using Workato.Connections.Egress;
using Workato.Connections.Health;

namespace Workato.Connections;

/// <summary>Makes ready what was given for a connection: checked, with tokens where the app issues them, proved. Stores nothing.</summary>
public sealed class CredentialPreparation(
    ProfileChoice profiles, StoredCredentials stored, TokenClient tokenClient, LearnedValues learned, ConnectionTester tester, EgressRules egress)
{
    private static readonly Dictionary<string, string> NoCallback = [];

    /// <param name="connector">The app.</param>
    /// <param name="given">The fields given.</param>
    /// <param name="tokens">What the app issued already.</param>
    /// <param name="current">What the connection has now, or null.</param>
    /// <param name="proving">Whether the app is asked, and what becomes of what it does not accept.</param>
    /// <param name="problems">What is wrong with the rest of the request; this is told together with it.</param>
    /// <param name="cancel">Stops waiting for the app.</param>
    internal async Task<Result<ReadyCredentials>> PrepareAsync(
        Connector connector, IReadOnlyDictionary<string, string?> given, Tokens? tokens, OpenCredentials? current, Proving proving, ProblemList problems, CancellationToken cancel)
    {
        if (tokens is not null && connector.Ways.All(w => !w.Placement.UsesTokens))
        {
            problems.Add("oauth_token_pair", $"is for apps that sign in by OAuth; {connector.Title} takes its credentials in 'input'");
            return problems.ToRefusal();
        }

        if (tokens is not null) given = ByTokens(connector, given, current);
        var check = await CheckAsync(connector, given, current, needsProfile: proving != Proving.Skipped, cancel);
        if (check.Refusal is { } refusal) problems.Add(refusal);
        if (tokens is not null && check.Value is { Credentials.Way.Placement.UsesTokens: false })
            problems.Add("oauth_token_pair", $"is for signing in by OAuth; {check.Value.Credentials.Way.Title} takes its credentials in 'input'");
        if (problems.Any) return problems.ToRefusal();

        var (credentials, profileId) = check.Value!;
        var issued = await TokensAsync(credentials, tokens, current, proving, cancel);
        if (issued.Refusal is { } none) return none;
        credentials = issued.Value!;
        if (proving == Proving.Skipped || (credentials.Way.Placement.UsesTokens && credentials.Tokens is null)) return new ReadyCredentials(credentials, profileId, Proof: null);

        var proof = await tester.ProveAsync(connector, credentials.Way, credentials.Values, cancel, credentials.Tokens?.Scope);
        if (proof.AddressRefused) return Refusal.Invalid("input." + connector.AddressField, proof.Error!) with { Diagnosis = proof.Diagnosis };
        var isRefused = proving == Proving.Required ? !proof.Succeeded : proving == Proving.NotRefused && proof.Status == AuthorizationStatus.Failed;
        return isRefused ? new Refusal(RefusalKind.Unproved, proof.Error!) { Diagnosis = proof.Diagnosis } : new ReadyCredentials(credentials, profileId, proof);
    }

    // Whoever brings tokens along means a way that works by tokens, without having to say so.
    private static IReadOnlyDictionary<string, string?> ByTokens(Connector connector, IReadOnlyDictionary<string, string?> given, OpenCredentials? current)
    {
        if (connector.ChooseBy is not { } chooser || given.GetValueOrDefault(chooser) is { Length: > 0 } || current is { Way.Placement.UsesTokens: true }) return given;
        return new Dictionary<string, string?>(given) { [chooser] = connector.Ways.First(w => w.Placement.UsesTokens).Name };
    }

    /// <summary>What was given, checked and with the client it belongs to, but without tokens.</summary>
    internal async Task<Result<CheckedCredentials>> CheckAsync(
        Connector connector, IReadOnlyDictionary<string, string?> given, OpenCredentials? current, bool needsProfile, CancellationToken cancel)
    {
        var check = new ConnectionInput(connector, egress).Check(given, current);
        if (check.Refusal is { } refusal) return refusal;
        var credentials = check.Value!;
        var profile = await profiles.FindAsync(connector, credentials.Way, credentials.Given.Settings, needsProfile, cancel);
        return profile.Refusal is { } missing ? missing : new CheckedCredentials(credentials with { Profile = stored.Client(profile.Value) }, profile.Value?.Id);
    }

    private async Task<Result<OpenCredentials>> TokensAsync(OpenCredentials credentials, Tokens? tokens, OpenCredentials? current, Proving proving, CancellationToken cancel)
    {
        var placement = credentials.Way.Placement;
        if (!placement.UsesTokens) return credentials;
        if (tokens is null && !placement.NeedsConsent)
        {
            if (proving == Proving.Skipped) return credentials;
            var outcome = await tokenClient.AcquireAsync(credentials, cancel);
            if (outcome is not TokenOutcome.Granted granted) return new Refusal(RefusalKind.Unproved, outcome.Problem!) { Diagnosis = outcome.Diagnosis };
            tokens = granted.Tokens;
        }

        // A setting that changes beside them does not end the tokens there are.
        tokens ??= current?.Way.Name == credentials.Way.Name ? current.Tokens : null;
        if (tokens is null) return credentials;
        var complete = await learned.CompleteAsync(credentials with { Tokens = tokens }, NoCallback, cancel);
        return complete.Refusal is { } refusal ? refusal : credentials with { Tokens = complete.Value };
    }
}

/// <summary>What was given, checked.</summary>
/// <param name="Credentials">The credentials.</param>
/// <param name="ProfileId">The custom OAuth profile they belong to.</param>
internal sealed record CheckedCredentials(OpenCredentials Credentials, int? ProfileId);

/// <summary>Credentials that can be stored.</summary>
/// <param name="Credentials">The credentials, with tokens where there are any.</param>
/// <param name="ProfileId">The custom OAuth profile they belong to.</param>
/// <param name="Proof">What the app said to them; null where it was not asked.</param>
internal sealed record ReadyCredentials(OpenCredentials Credentials, int? ProfileId, Proof? Proof);
