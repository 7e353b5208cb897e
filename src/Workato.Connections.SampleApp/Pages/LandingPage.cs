using Workato.Connections.SampleApp.Accounts;
using Workato.Connections.SampleApp.Misbehaving;
using static Workato.Connections.SampleApp.Pages.Layout;

namespace Workato.Connections.SampleApp.Pages;

/// <summary>Says what to connect with, what there is, and lets one change how it behaves.</summary>
internal static class LandingPage
{
    public static string Render(HttpContext context, SampleAppState state)
    {
        var (mode, delayMs) = state.Behaviour;
        var requests = state.Tally.Snapshot().Requests;
        return Layout.Render(context, "Sample app", $"""
            <h1>Sample app</h1>
            <p class="lead">A small app to connect to. It checks the credentials it gets, keeps notes, and misbehaves when told to.</p>

            <section aria-labelledby="accounts">
              <h2 id="accounts">Accounts</h2>
              <p>Send the user name and password with Basic authentication, or the API key in the header
                <code>X-Api-Key</code>, as <code>Authorization: Bearer</code>, or in the query as <code>api_key</code>.</p>
              <div class="cards">{string.Concat(state.Accounts.All.Select(Card))}</div>
            </section>

            {OAuthSection.Render(context)}

            <section aria-labelledby="api">
              <h2 id="api">What it can do</h2>
              <dl class="api">
                {Entry("GET /api/me", "who you are")}
                {Entry("GET, POST /api/notes", "the notes, since_id for newer ones only; a new note from JSON with a text")}
                {Entry("GET, DELETE /api/notes/{id}", "one note")}
                {Entry("ANY /api/echo/…", "your request as it arrived, secrets masked")}
                {Entry("GET /api/stream", "lines one by one: chunks, interval_ms")}
                {Entry("ANY /api/status/{code}", "that status")}
              </dl>
              <p>It answers at <code>{Encode($"{context.Request.Scheme}://{context.Request.Host}{MountPoint.Url(context, "/api")}")}</code>.</p>
            </section>

            <section aria-labelledby="behaviour">
              <h2 id="behaviour">How it behaves</h2>
              <p>At present the API <strong>{Encode(mode.Meaning)}</strong>. Requests so far: {requests}.</p>
              <form method="post" action="{Encode(MountPoint.Url(context, "/control/form"))}">
                <label for="mode">From now on, the API</label>
                <select id="mode" name="mode">{string.Concat(Modes.All.Select(each => Option(each, each == mode)))}</select>
                <label for="delay_ms">Milliseconds to wait, when it waits</label>
                <input id="delay_ms" name="delay_ms" type="number" min="0" max="{Behaviour.MaxDelayMs}" value="{delayMs}" required>
                <button type="submit">Change behaviour</button>
              </form>
            </section>
            """);
    }

    private static string Card(Account account) => $"""
        <article>
          <h3>{Encode(account.Name)}</h3>
          <dl>
            {Entry("User name", account.Username, code: true)}
            {Entry("Password", account.Password, code: true)}
            {Entry("API key", account.ApiKey, code: true)}
            {Entry("Permissions", account.ScopeMissing ? "only to say who it is" : "everything")}
          </dl>
        </article>
        """;

    private static string Option(Mode mode, bool selected) =>
        $"""<option value="{mode.Name}"{(selected ? " selected" : "")}>{Encode($"{mode.Name}: {mode.Meaning}")}</option>""";
}
