using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Workato.Connections.Auditing;
using Workato.Connections.Privileges;
using Workato.Connections.Tests.Support;

namespace Workato.Connections.Tests.Privileges;

/// <summary>Sessions that were signed out of, on whichever database.</summary>
public abstract class EndedSessionsTests(Workspace workspace)
{
    private static readonly Actor Ada = new(ActorKind.Member, 7, "Ada");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_ended_session_is_known_for_as_long_as_a_cookie_of_it_may_work_and_a_day_then_forgotten()
    {
        var session = Guid.NewGuid();
        await EndAsync(session);

        workspace.Time.Advance(EndedSessions.CookieLifetime + TimeSpan.FromDays(1));
        await ForgetAsync();
        (await CountAsync(session)).ShouldBe(1);

        workspace.Time.Advance(TimeSpan.FromSeconds(1));
        await ForgetAsync();
        (await CountAsync(session)).ShouldBe(0);
    }

    [Fact]
    public async Task Who_signs_out_many_times_at_once_is_signed_out()
    {
        var session = Guid.NewGuid();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => EndAsync(session), Cancel)));

        (await CountAsync(session)).ShouldBePositive();
    }

    private Task EndAsync(Guid session) => workspace.AskAsync<EndedSessions, bool>(async s =>
    {
        await s.EndAsync(Ada, session, Cancel);
        return true;
    });

    private Task ForgetAsync() => workspace.Services.GetRequiredService<EndedSessionRetention>().ForgetAsync(Cancel);

    private Task<int> CountAsync(Guid session) => workspace.DbAsync(db => db.Set<EndedSession>().CountAsync(s => s.Session == session, Cancel));
}

public sealed class EndedSessionsOnSqlite(SqliteWorkspace workspace) : EndedSessionsTests(workspace), IClassFixture<SqliteWorkspace>;

public sealed class EndedSessionsOnPostgres(PostgresWorkspace workspace) : EndedSessionsTests(workspace), IClassFixture<PostgresWorkspace>;
