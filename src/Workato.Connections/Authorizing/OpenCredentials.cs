using Workato.Connections.AuthMethods;
using Workato.Connections.Connectors;

namespace Workato.Connections.Authorizing;

/// <summary>The credentials of one connection, opened, and what they are for.</summary>
/// <param name="Connector">The app.</param>
/// <param name="Way">How one signs in.</param>
/// <param name="Given">What a person gave.</param>
public sealed record OpenCredentials(Connector Connector, SignInWay Way, FieldValues Given)
{
    /// <summary>What the app issued.</summary>
    public Tokens? Tokens { get; init; }

    /// <summary>The client of the custom OAuth profile, where there is one.</summary>
    public OAuthClient? Profile { get; init; }

    /// <summary>Everything templates may name.</summary>
    public FieldValues Values => Given.With(Profile).With(Tokens);

    /// <summary>Where the app is.</summary>
    public string BaseUrl => Connector.BaseUrlFor(Way, Values.Settings);

    /// <summary>Ready to be put on requests.</summary>
    public IRequestCredentials Bind() => Way.Method.Bind(Way.Placement, Values);
}
