using Workato.Connections.Calling;
using Workato.Connections.Timelines;

namespace Workato.Connections;

/// <summary>What an app's answer to a call means for the connection, for all who call through it.</summary>
public sealed class CallAnswers(LiveConnections connections, AnswerJudge judge, SecondLook secondLook, ConnectionTally tally)
{
    /// <summary>
    /// Judges one answer. Where the call has a chance with other credentials and <paramref name="canRepeat"/>: the connection
    /// to send it again through, this answer being dropped; null where the answer stands.
    /// </summary>
    public async ValueTask<ConnectionSnapshot?> JudgeAsync(ConnectionSnapshot connection, HttpResponseMessage answer, bool canRepeat, CancellationToken cancel)
    {
        var status = (int)answer.StatusCode;
        Telemetry.Called(connection.Connector.Provider, status);
        // Signed with the wrong time: that says nothing about the connection, and the next try has the right one.
        if (connection.Credentials.LearnFrom(answer)) return canRepeat ? connection : null;
        if (connection.IsRejection(status)) tally.CountRejection(connection.Id);
        else tally.CountCall(connection.Id);
        if (connection.CanRenew && connection.IsRejection(status))
        {
            var after = await connections.AfterRejectionAsync(connection, cancel);
            if (after.IsAnswered) return canRepeat ? after.Other : null;
        }

        if (status is >= 200 and < 300) connections.Worked(connection);
        await judge.JudgeAsync(connection, answer);
        await secondLook.AfterAsync(connection, status);
        if (status >= 500 || status == 429) secondLook.Soon(connection);
        return null;
    }

    /// <summary>The app could not be reached, or gave no answer.</summary>
    public void Failed(ConnectionSnapshot connection)
    {
        Telemetry.Called(connection.Connector.Provider, 0);
        secondLook.Soon(connection);
    }
}
