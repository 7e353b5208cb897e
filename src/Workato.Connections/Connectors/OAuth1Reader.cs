using Workato.Connections.AuthMethods;
using Workato.Connections.AuthMethods.OAuth1;

namespace Workato.Connections.Connectors;

/// <summary>Reads the block <c>oauth1</c> of a way to sign in.</summary>
internal static class OAuth1Reader
{
    public static OAuth1Terms? Read(YamlMap way)
    {
        if (way.MapOrNull("oauth1") is not { } map) return null;
        var terms = new OAuth1Terms
        {
            RequestTokenUrl = map.AddressOrNull("request_token_url"),
            AuthorizeUrl = map.AddressOrNull("authorize_url"),
            AccessTokenUrl = map.AddressOrNull("access_token_url"),
            ConsumerKey = map.TemplateOrNull("consumer_key"),
            ConsumerSecret = map.TemplateOrNull("consumer_secret"),
            PrivateKey = map.TemplateOrNull("private_key"),
            Token = map.TemplateOrNull("token"),
            TokenSecret = map.TemplateOrNull("token_secret"),
            SignatureMethod = map.TemplateOrNull("signature_method") ?? Template.Parse("HMAC-SHA1"),
            SignatureIn = map.TextOrNull("signature_in") ?? "header",
            Realm = map.TemplateOrNull("realm"),
            BodyHash = map.Flag("body_hash", false),
            AuthorizeParameters = map.Templates("authorize_parameters"),
            TokenLifetime = map.SecondsOrNull("token_lifetime"),
        };
        if (terms.SignatureIn is not ("header" or "query" or "body")) map.Complain("'signature_in' must be header, query or body", "signature_in");
        if (new[] { terms.RequestTokenUrl, terms.AuthorizeUrl, terms.AccessTokenUrl }.Count(u => u is null) is 1 or 2)
            map.Complain("'request_token_url', 'authorize_url' and 'access_token_url' go together: write all three, or none where nobody is sent away");
        map.RefuseUnknownKeys();
        return terms;
    }
}
