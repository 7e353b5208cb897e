using Workato.Connections.Secrets;

namespace Workato.Connections.AuthMethods;

/// <summary>What stands behind the names in a connector's templates: settings that may be shown and secrets that may not.</summary>
public sealed record FieldValues(IReadOnlyDictionary<string, string> Settings, IReadOnlyDictionary<string, Secret> Secrets)
{
    /// <summary>No field given.</summary>
    public static FieldValues Empty { get; } = new(new Dictionary<string, string>(), new Dictionary<string, Secret>());

    /// <summary>The value of a field, secret or not, or null where none was given. For putting on a request only.</summary>
    public string? Reveal(string name) =>
        Secrets.TryGetValue(name, out var secret) ? secret.Reveal() : Settings.GetValueOrDefault(name);

    /// <summary>These and the client of a custom OAuth profile.</summary>
    public FieldValues With(OAuthClient? profile)
    {
        if (profile is null) return this;
        var (settings, secrets) = (new Dictionary<string, string>(Settings) { [OAuthClient.IdName] = profile.Id }, new Dictionary<string, Secret>(Secrets));
        if (profile.Secret is { } secret) secrets[OAuthClient.SecretName] = secret;
        return new(settings, secrets);
    }

    /// <summary>These and what the app issued: the tokens under <see cref="Tokens.Names"/>, and what was learned.</summary>
    public FieldValues With(Tokens? tokens)
    {
        if (tokens is null) return this;
        var (settings, secrets) = (new Dictionary<string, string>(Settings), new Dictionary<string, Secret>(Secrets));
        foreach (var (name, value) in tokens.Learned) settings[name] = value;
        foreach (var (name, secret) in Tokens.Names.Zip(new[] { tokens.AccessToken, tokens.TokenSecret, tokens.RefreshToken }))
        {
            if (secret is not null) secrets[name] = secret;
        }

        return new(settings, secrets);
    }
}
