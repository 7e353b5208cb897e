using Workato.Connections.SampleApp.Accounts;
using Workato.Connections.SampleApp.SignIn.OAuth2;
using static Workato.Connections.SampleApp.Pages.Layout;

namespace Workato.Connections.SampleApp.Pages;

/// <summary>Asks a person whether a client may act for them, and as whom: signing in and allowing in one.</summary>
internal static class ConsentPage
{
    public static string Render(HttpContext context, IReadOnlyList<Account> accounts, ConsentQuestion question) =>
        Layout.Render(context, "Allow access? - Sample app", $"""
            <h1>Allow access?</h1>
            <p class="lead"><strong>{Encode(question.ClientName)}</strong> at <strong>{Encode(question.Where)}</strong> asks to act for you in the sample app.</p>
            <form method="post" action="{Encode(MountPoint.Url(context, question.Path))}">
              <input type="hidden" name="ticket" value="{Encode(question.Ticket)}">
              <h2>It would be able to</h2>
              <ul>{string.Concat(question.Scopes.Select(Scope))}</ul>
              <fieldset>
                <legend>Which account?</legend>
                {string.Concat(accounts.Select(account => Choice(account, account.Username == AccountBook.Bot)))}
              </fieldset>
              <div class="buttons">
                <button name="decision" value="allow">Allow</button>
                <button name="decision" value="deny" class="quiet">Deny</button>
              </div>
            </form>
            """);

    private static string Scope(string scope) => Scopes.All.TryGetValue(scope, out var words)
        ? $"<li>{Encode(words)} <code>{Encode(scope)}</code></li>"
        : $"<li>{Encode(scope)}</li>";

    private static string Choice(Account account, bool selected) => $"""
        <label class="choice"><input type="radio" name="account" value="{Encode(account.Username)}"{(selected ? " checked" : "")}>
          <span>{Encode(account.Name)} <span class="note">{Encode(account.Email)}</span></span></label>
        """;
}

/// <summary>What is asked.</summary>
/// <param name="ClientName">Who asks.</param>
/// <param name="Where">Where the answer goes.</param>
/// <param name="Scopes">What for.</param>
/// <param name="Path">Where the form is sent.</param>
/// <param name="Ticket">What the form says so that the question is known again.</param>
internal sealed record ConsentQuestion(string ClientName, string Where, IReadOnlyList<string> Scopes, string Path, string Ticket);
