using Workato.Connections.AuthMethods.ApiKey;
using Workato.Connections.AuthMethods.Basic;
using Workato.Connections.AuthMethods.NoAuth;
using Workato.Connections.AuthMethods.OAuth1;
using Workato.Connections.AuthMethods.OAuth2;

namespace Workato.Connections.AuthMethods;

/// <summary>Every authentication method there is; nothing else switches on a method's name.</summary>
public static class AuthMethodCatalog
{
    private static readonly Dictionary<string, IAuthMethod> Methods =
        new IAuthMethod[] { new NoAuthMethod(), new BasicMethod(), new ApiKeyMethod(), new OAuth2Method(), new OAuth1Method() }.ToDictionary(m => m.Name);

    /// <summary>The names, in the order they are documented.</summary>
    public static IReadOnlyCollection<string> Names => Methods.Keys;

    /// <summary>The method called <paramref name="name"/>, or null.</summary>
    public static IAuthMethod? Find(string name) => Methods.GetValueOrDefault(name);
}
