using Workato.Connections.Authorizing;
using Workato.Connections.Diagnosing;

namespace Workato.Connections;

/// <summary>What is wrong with a connection, as pages and the API tell it.</summary>
/// <param name="Cause">One of <see cref="Causes"/>.</param>
/// <param name="Words">What happened, why, and the one next step, for a person.</param>
/// <param name="Evidence">What was answered, without secrets; null where nothing was.</param>
/// <param name="NextStep">One of <see cref="NextSteps"/>.</param>
/// <param name="MissingScopes">The permissions that are missing, where that is why.</param>
public sealed record ConnectionProblem(string Cause, string Words, string? Evidence, string NextStep, IReadOnlyList<string> MissingScopes)
{
    /// <summary>The cause in two to five words.</summary>
    public string Headline => CauseWords.Of(Cause).Headline;

    /// <summary>Whether it ends without anybody's doing anything to the connection: nobody is told to connect it again first.</summary>
    public bool PassesByItself => NextStep == NextSteps.Wait || Causes.PassesByItself(Cause);

    /// <summary>Of a connection as it is; null where nothing is wrong.</summary>
    public static ConnectionProblem? Of(ConnectionSummary connection)
    {
        if ((connection.Error ?? connection.RefreshProblem) is not { } words) return null;
        var isLost = connection.Status == AuthorizationStatus.Failed || (connection is { RefreshProblem: not null, RefreshDueAt: null });
        return Of(new Diagnosis(connection.Cause ?? Causes.Unknown, words, connection.Evidence), isLost, Scopes.Missing(connection.RequestedScopes, connection.GrantedScopes));
    }

    /// <summary>Of what was just found out. <paramref name="notGranted"/>: what was asked for and not granted, where the app names nothing itself.</summary>
    public static ConnectionProblem Of(Diagnosis diagnosis, bool isLost, IReadOnlyList<string>? notGranted = null)
    {
        var named = diagnosis.Cause == Causes.PermissionMissing ? Diagnosing.Evidence.ScopesIn(diagnosis.Evidence) : [];
        var missing = diagnosis.Cause != Causes.PermissionMissing ? [] : named.Count > 0 ? named : notGranted ?? [];
        return new(diagnosis.Cause, diagnosis.Words, diagnosis.Evidence, NextSteps.Of(diagnosis.Cause, isLost), missing);
    }
}
