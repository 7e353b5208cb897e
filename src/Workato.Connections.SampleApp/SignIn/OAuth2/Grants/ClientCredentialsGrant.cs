using Workato.Connections.SampleApp.Accounts;

namespace Workato.Connections.SampleApp.SignIn.OAuth2.Grants;

/// <summary>The client acts for itself, which here is the bot (RFC 6749, 4.4).</summary>
internal sealed class ClientCredentialsGrant : IGrant
{
    public string Type => "client_credentials";

    public (IssuedTokens? Tokens, OAuth2Error? Problem) Redeem(GrantRequest request) => request.Client!.IsPublic
        ? (null, new("unauthorized_client", "A client without a secret cannot act for itself."))
        : request.ForProgram(AccountBook.Bot, request.Client.Id, request.Form["scope"]);
}
