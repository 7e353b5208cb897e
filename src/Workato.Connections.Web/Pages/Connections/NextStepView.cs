using Workato.Connections.Diagnosing;
using Workato.Connections.Privileges;

namespace Workato.Connections.Web.Pages.Connections;

/// <summary>The one next step, as a button.</summary>
/// <param name="Label">What stands on it.</param>
/// <param name="Address">Where it leads.</param>
/// <param name="IsReconnect">Whether that is where credentials are entered, or agreed to, again.</param>
internal sealed record NextStepView(string Label, string Address, bool IsReconnect)
{
    /// <summary>For a connection; null where there is nothing to press, or not for who looks.</summary>
    /// <param name="problem">What is wrong.</param>
    /// <param name="connection">With which connection.</param>
    /// <param name="app">The app's name.</param>
    /// <param name="access">What who looks may do.</param>
    /// <param name="reconnect">Where it is connected again; null: on the page for that.</param>
    public static NextStepView? Of(ConnectionProblem problem, ConnectionSummary connection, string app, Access access, string? reconnect = null)
    {
        return problem.NextStep switch
        {
            NextSteps.ConnectAgain => Reconnect(connection.UsesTokens ? $"Connect {app} again" : "Enter credentials again"),
            NextSteps.CheckPermissions => Reconnect(connection.UsesTokens ? "Connect and agree again" : "Enter other credentials"),
            NextSteps.CheckOAuthApp when connection.CustomOAuthProfileId is { } id => access.May(Privilege.UpdateOAuthProfiles) ? new("Open the OAuth app", $"/settings/oauth-apps/{id}", false) : null,
            NextSteps.EditSettings or NextSteps.CheckOAuthApp => Reconnect("Correct the settings"),
            NextSteps.CheckSetup => access.May(Privilege.ReadSettings) ? new("Open the set-up check", "/settings/setup-check", false) : null,
            _ => null,
        };

        NextStepView? Reconnect(string label) => access.May(Privilege.AuthorizeConnections) ? new(label, reconnect ?? $"/connections/{connection.Id}/reconnect", true) : null;
    }
}
