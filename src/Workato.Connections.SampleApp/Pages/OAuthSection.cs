using Workato.Connections.SampleApp.SignIn.OAuth1;
using Workato.Connections.SampleApp.SignIn.OAuth2;
using static Workato.Connections.SampleApp.Pages.Layout;

namespace Workato.Connections.SampleApp.Pages;

/// <summary>The part of the landing page that says what a program needs to ask people for permission.</summary>
internal static class OAuthSection
{
    public static string Render(HttpContext context) => $"""
        <section aria-labelledby="oauth">
          <h2 id="oauth">OAuth</h2>
          <p>Programs may ask people for permission instead. An address that ends in <code>/oauth/callback</code> is good to come back to:
            any with https, and this computer's own. Tests change that and much else by <code>PUT /control/oauth2</code> and
            <code>PUT /control/oauth1</code>; a GET says what there is.</p>
          <div class="cards wide">
            <article>
              <h3>OAuth 2.0</h3>
              <dl>
                {string.Concat(Client.All.Select(Credentials))}
                {Entry("Authorize at", MountPoint.Absolute(context, Server.Authorize), code: true)}
                {Entry("Tokens at", MountPoint.Absolute(context, Server.Token), code: true)}
                {Entry("Scopes", string.Join(' ', Scopes.All.Keys), code: true)}
                {Entry("Everything else", MountPoint.Absolute(context, Server.Metadata), code: true)}
              </dl>
            </article>
            <article>
              <h3>OAuth 1.0a</h3>
              <dl>
                {Entry("Consumer key", Consumer.Sample.Key, code: true)}
                {Entry("Consumer secret", Consumer.Sample.Secret, code: true)}
                {Entry("Request token", MountPoint.Absolute(context, OAuth1Endpoints.RequestToken), code: true)}
                {Entry("Authorize at", MountPoint.Absolute(context, OAuth1Endpoints.Authorize), code: true)}
                {Entry("Access token", MountPoint.Absolute(context, OAuth1Endpoints.AccessToken), code: true)}
                {Entry("Signatures", string.Join(", ", SignatureMethod.All.Select(method => method.Name)))}
              </dl>
            </article>
          </div>
        </section>
        """;

    private static string Credentials(Client client) => client.Secret is { } secret
        ? Entry("Client id", client.Id, code: true) + Entry("Client secret", secret, code: true)
        : Entry("Without secret", client.Id, code: true);
}
