using Workato.Connections.AuthMethods;
using Workato.Connections.Connectors;
using Workato.Connections.Timelines;

namespace Workato.Connections.Health;

/// <summary>Writes into a connection what a test found out.</summary>
internal static class ProofRecord
{
    /// <summary>What happened to it by that; null where it is as it was.</summary>
    public static ConnectionEvent? Record(this Connection connection, Proof proof, SignInWay way, FieldValues values, DateTimeOffset now)
    {
        var before = connection.Status;
        connection.TestedAt = now;
        connection.TestDueAt = HealthSchedule.Next(now, proof.Status != AuthorizationStatus.Exception);
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
        if (proof.Succeeded && connection.RefreshProblem is not null) return null;
        (connection.Status, connection.Error, connection.Cause, connection.Evidence) = (proof.Status, proof.Error, proof.Cause, proof.Evidence);
        var kind = proof.Status switch
        {
            _ when before is null || before == proof.Status => null,
            AuthorizationStatus.Success => EventKinds.Recovered,
            AuthorizationStatus.Failed => EventKinds.Lost,
            _ => EventKinds.Trouble,
        };
        return kind is null ? null : connection.Happened(kind, now);
    }
}
