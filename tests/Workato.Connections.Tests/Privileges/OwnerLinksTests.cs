using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Workato.Connections.Data;
using Workato.Connections.Privileges;
using Workato.Connections.Secrets;
using Workato.Connections.Tests.Authorizing.Support;
using Workato.Connections.Tests.Support;

namespace Workato.Connections.Tests.Privileges;

public abstract class OwnerLinksTests(Workspace workspace)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_link_signs_in_once()
    {
        var token = await CreateAsync();

        (await RedeemAsync(token)).ShouldBeTrue();
        (await RedeemAsync(token)).ShouldBeFalse();
    }

    [Fact]
    public async Task Of_20_who_use_a_link_at_once_exactly_one_is_signed_in()
    {
        var token = await CreateAsync();

        var redeemed = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => RedeemAsync(token), Cancel)));

        redeemed.Count(r => r).ShouldBe(1);
    }

    [Fact]
    public async Task A_link_works_until_its_last_moment()
    {
        var token = await CreateAsync();

        workspace.Time.Advance(OwnerLinks.Lifetime - TimeSpan.FromTicks(1));

        (await RedeemAsync(token)).ShouldBeTrue();
    }

    [Fact]
    public async Task A_link_expires()
    {
        var token = await CreateAsync();

        workspace.Time.Advance(OwnerLinks.Lifetime);

        (await RedeemAsync(token)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_new_link_ends_the_one_before()
    {
        var before = await CreateAsync();
        await CreateAsync();

        (await RedeemAsync(before)).ShouldBeFalse();
    }

    [Fact]
    public async Task Of_20_links_made_at_once_one_works()
    {
        var tokens = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(CreateAsync, Cancel)));

        (await Task.WhenAll(tokens.Select(RedeemAsync))).Count(r => r).ShouldBe(1);
    }

    [Fact]
    public async Task Where_no_new_link_can_be_made_the_one_before_still_works()
    {
        var before = await CreateAsync();
        var node = workspace.StartNode(configure: services =>
        {
            var full = new BeforeSaving(() => throw new IOException("The disk is full."));
            services.ConfigureDbContext<SqliteDbContext>(o => o.AddInterceptors(full));
            services.ConfigureDbContext<PostgresDbContext>(o => o.AddInterceptors(full));
        });

        await Should.ThrowAsync<IOException>(() => workspace.AskAsync<OwnerLinks, Secret>(l => l.CreateAsync(Cancel), node));

        (await RedeemAsync(before)).ShouldBeTrue();
    }

    [Theory]
    [InlineData("")]
    [InlineData("wrkc_")]
    [InlineData("guessed")]
    public async Task A_guessed_link_signs_nobody_in(string guessed)
    {
        await CreateAsync();

        (await RedeemAsync(new(guessed))).ShouldBeFalse();
    }

    [Fact]
    public async Task The_database_holds_only_a_hash_of_the_token()
    {
        var token = await CreateAsync();

        var link = await workspace.DbAsync(db => db.Set<OwnerLink>().SingleAsync(Cancel));
        link.TokenHash.ShouldBe(Token.Hash(token.Reveal()));
    }

    private Task<Secret> CreateAsync() => workspace.AskAsync<OwnerLinks, Secret>(l => l.CreateAsync(Cancel));

    private Task<bool> RedeemAsync(Secret token) => workspace.AskAsync<OwnerLinks, bool>(l => l.RedeemAsync(token.Reveal(), Cancel));
}

public sealed class OwnerLinksOnSqlite(SqliteWorkspace workspace) : OwnerLinksTests(workspace), IClassFixture<SqliteWorkspace>;

public sealed class OwnerLinksOnPostgres(PostgresWorkspace workspace) : OwnerLinksTests(workspace), IClassFixture<PostgresWorkspace>;
