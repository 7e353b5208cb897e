using Workato.Connections.AuthMethods;
using Workato.Connections.Connectors;

namespace Workato.Connections.Health;

/// <summary>Writes into a connection what a test found out.</summary>
internal static class ProofRecord
{
    public static void Record(this Connection connection, Proof proof, SignInWay way, FieldValues values, DateTimeOffset now)
    {
        connection.TestedAt = now;
        if (proof.Succeeded)
        {
            // Where the app does not say who we are, Basic at least says as whom we came.
            connection.Identity = proof.Identity ?? way.Placement.UserName?.Fields.Select(values.Settings.GetValueOrDefault).FirstOrDefault(v => v is not null);
            connection.AuthorizedAt ??= now;
            if (connection.RefreshProblem is null) (connection.LostAt, connection.LostReason) = (null, null);
        }
        else if (proof.Status == AuthorizationStatus.Failed && connection.Status == AuthorizationStatus.Success)
        {
            (connection.LostAt, connection.LostReason) = (now, proof.Error);
        }

        // An access token that still works does not bring back the permission to get the next.
        if (proof.Succeeded && connection.RefreshProblem is not null) return;
        (connection.Status, connection.Error) = (proof.Status, proof.Error);
    }
}
