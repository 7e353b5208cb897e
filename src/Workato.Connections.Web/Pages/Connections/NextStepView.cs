using Workato.Connections.Diagnosing;
using Workato.Connections.Privileges;

namespace Workato.Connections.Web.Pages.Connections;

/// <summary>The one next step, as a button.</summary>
/// <param name="Label">What stands on it.</param>
/// <param name="Address">Where it leads.</param>
internal sealed record NextStepView(string Label, string Address)
{
    /// <summary>For a connection; null where there is nothing to press, or not for who looks.</summary>
    public static NextStepView? Of(ConnectionProblem problem, ConnectionSummary connection, string app, Access access)
    {
        var reconnect = $"/connections/{connection.Id}/reconnect";
        return problem.NextStep switch
        {
            NextSteps.ConnectAgain => May(access, Privilege.AuthorizeConnections, connection.UsesTokens ? $"Connect {app} again" : "Enter credentials again", reconnect),
            NextSteps.EditSettings => May(access, Privilege.AuthorizeConnections, "Correct the settings", reconnect),
            NextSteps.CheckPermissions => May(access, Privilege.AuthorizeConnections, connection.UsesTokens ? "Connect and agree again" : "Enter other credentials", reconnect),
            NextSteps.CheckOAuthApp when connection.CustomOAuthProfileId is { } id => May(access, Privilege.UpdateOAuthProfiles, "Open the OAuth app", $"/settings/oauth-apps/{id}"),
            NextSteps.CheckOAuthApp => May(access, Privilege.AuthorizeConnections, "Correct the settings", reconnect),
            NextSteps.CheckSetup => May(access, Privilege.ReadSettings, "Open the set-up check", "/settings/setup-check"),
            _ => null,
        };
    }

    private static NextStepView? May(Access access, Privilege privilege, string label, string address) => access.May(privilege) ? new(label, address) : null;
}
