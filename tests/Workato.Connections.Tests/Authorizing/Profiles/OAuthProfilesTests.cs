using Microsoft.EntityFrameworkCore;
using Workato.Connections.AuthMethods;
using Workato.Connections.Authorizing;
using Workato.Connections.Authorizing.Profiles;
using Workato.Connections.Data;
using Workato.Connections.Tests.Support;

namespace Workato.Connections.Tests.Authorizing.Profiles;

/// <summary>The clients apps know this product by, on whichever database.</summary>
public abstract partial class OAuthProfilesTests(Workspace workspace)
{
    private const string Key = "-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static NewOAuthProfile Wanted => new() { Name = "Desk, month end", Provider = OAuthDesk.Provider, ClientId = "client-1", ClientSecret = new("hush") };

    [Fact]
    public async Task A_profile_is_kept_with_its_secret_sealed_for_its_row()
    {
        var made = (await CreateAsync(Wanted)).Granted();

        var row = await RowAsync(made.Id);
        (row!.Name, row.Provider, row.ClientId).ShouldBe(("Desk, month end", OAuthDesk.Provider, "client-1"));
        System.Text.Encoding.Latin1.GetString(row.SealedSecret!).ShouldNotContain("hush");
        (await ClientAsync(made.Id))!.Secret!.Reveal().ShouldBe("hush");
    }

    [Fact]
    public async Task A_secret_copied_to_another_row_does_not_open()
    {
        var (one, other) = ((await CreateAsync(Wanted)).Granted(), (await CreateAsync(Wanted)).Granted());
        var copied = (await RowAsync(one.Id))!.SealedSecret;

        await workspace.DbAsync(db => db.CustomOAuthProfiles.Where(p => p.Id == other.Id).ExecuteUpdateAsync(set => set.SetProperty(p => p.SealedSecret, copied), Cancel));

        (await ClientAsync(other.Id))!.Secret.ShouldBeNull();
    }

    [Fact]
    public async Task A_public_client_has_no_secret()
    {
        var made = (await CreateAsync(Wanted with { ClientSecret = null })).Granted();

        (await ClientAsync(made.Id))!.Secret.ShouldBeNull();
        (await FindAsync(made.Id))!.HasSecret.ShouldBeFalse();
    }

    [Fact]
    public async Task What_was_pasted_with_spaces_around_it_is_kept_without()
    {
        var made = (await CreateAsync(Wanted with { Name = " Desk ", ClientId = " client-1\n", ClientSecret = new("\thush\r\n") })).Granted();

        var client = (await ClientAsync(made.Id))!;
        (made.Name, client.Id, client.Secret!.Reveal()).ShouldBe(("Desk", "client-1", "hush"));
    }

    [Fact]
    public async Task A_private_key_keeps_its_lines()
    {
        var made = (await CreateAsync(Wanted with { ClientSecret = new(Key) })).Granted();

        (await ClientAsync(made.Id))!.Secret!.Reveal().ShouldBe(Key);
    }

    [Fact]
    public async Task A_profile_of_a_secondary_connector_is_one_of_the_app()
    {
        var made = (await CreateAsync(Wanted with { Provider = OAuthDesk.Provider + "_secondary" })).Granted();

        made.Provider.ShouldBe(OAuthDesk.Provider);
        (await PageAsync(OAuthDesk.Provider + "_secondary")).Items.ShouldContain(p => p.Id == made.Id);
    }

    [Theory]
    [InlineData(null, "can't be blank")]
    [InlineData(" ", "can't be blank")]
    [InlineData("oauth_dek", "is not included in the list; did you mean 'oauth_desk'?")]
    [InlineData("test_desk", "needs no OAuth client: Test Desk is connected in another way, or its connections bring their own client along")]
    public async Task An_app_that_cannot_use_it_is_refused(string? provider, string problem) =>
        (await CreateAsync(Wanted with { Provider = provider })).RefusedField("provider").ShouldBe(problem);

    [Theory]
    [InlineData(null, "can't be blank")]
    [InlineData(" \t", "can't be blank")]
    [InlineData("a\0b", "must not contain control characters")]
    [InlineData("a\nb", "must not contain control characters")]
    public async Task A_bad_name_or_client_id_is_refused(string? text, string problem)
    {
        (await CreateAsync(Wanted with { Name = text })).RefusedField("name").ShouldBe(problem);
        (await CreateAsync(Wanted with { ClientId = text })).RefusedField("data.client_id").ShouldBe(problem);
    }

    [Fact]
    public async Task What_is_too_long_is_refused()
    {
        (await CreateAsync(Wanted with { Name = new('n', 256) })).RefusedField("name").ShouldBe("is too long (maximum is 255 characters)");
        (await CreateAsync(Wanted with { ClientId = new('i', 1025) })).RefusedField("data.client_id").ShouldBe("is too long (maximum is 1024 characters)");
        (await CreateAsync(Wanted with { ClientSecret = new(new string('s', 16385)) })).RefusedField("data.client_secret").ShouldBe("is too long (maximum is 16384 characters)");
    }

    [Theory]
    [InlineData(" ", "can't be blank; leave it out for a client without a secret")]
    [InlineData("a\0b", "must not contain control characters or line breaks, unless it is a private key in PEM form")]
    [InlineData("a\nb", "must not contain control characters or line breaks, unless it is a private key in PEM form")]
    public async Task A_bad_secret_is_refused(string secret, string problem) =>
        (await CreateAsync(Wanted with { ClientSecret = new(secret) })).RefusedField("data.client_secret").ShouldBe(problem);

    [Fact]
    public async Task Everything_that_is_wrong_is_named_at_once() =>
        (await CreateAsync(new())).Refused().Errors.Keys.ShouldBe(["provider", "name", "data.client_id"]);

    [Fact]
    public async Task They_come_page_by_page_and_by_app()
    {
        var made = new List<int>();
        for (var i = 0; i < 3; i++) made.Add((await CreateAsync(Wanted)).Granted().Id);

        var before = (await PageAsync(OAuthDesk.Provider)).Items.Count - 3;
        var page = await PageAsync(OAuthDesk.Provider, 2, before);

        page.Items.Select(p => p.Id).ShouldBe(made[..2]);
        page.HasMore.ShouldBeTrue();
        (await PageAsync(OAuthDesk.Provider, 2, before + 2)).HasMore.ShouldBeFalse();
        (await PageAsync("rest")).Items.ShouldBeEmpty();
    }

    private Task<Result<CustomOAuthProfile>> CreateAsync(NewOAuthProfile wanted) => workspace.AskAsync<OAuthProfiles, Result<CustomOAuthProfile>>(p => p.CreateAsync(wanted, Cancel));

    private Task<Result<CustomOAuthProfile>> UpdateAsync(int id, OAuthProfileChange change) => workspace.AskAsync<OAuthProfiles, Result<CustomOAuthProfile>>(p => p.UpdateAsync(id, change, Cancel));

    private Task<OAuthProfileSummary?> FindAsync(int id) => workspace.AskAsync<OAuthProfiles, OAuthProfileSummary?>(p => p.FindAsync(id, Cancel));

    private Task<Page<OAuthProfileSummary>> PageAsync(string provider, int size = 100, int skip = 0) =>
        workspace.AskAsync<OAuthProfiles, Page<OAuthProfileSummary>>(p => p.PageAsync(provider, size, Cancel, skip));

    private Task<CustomOAuthProfile?> RowAsync(int id) => workspace.DbAsync(db => db.CustomOAuthProfiles.AsNoTracking().SingleOrDefaultAsync(p => p.Id == id, Cancel));

    private async Task<OAuthClient?> ClientAsync(int id)
    {
        var row = await RowAsync(id);
        return await workspace.AskAsync<StoredCredentials, OAuthClient?>(s => Task.FromResult(s.Client(row)));
    }
}

public sealed class OAuthProfilesOnSqlite(SqliteWorkspace workspace) : OAuthProfilesTests(workspace), IClassFixture<SqliteWorkspace>;

public sealed class OAuthProfilesOnPostgres(PostgresWorkspace workspace) : OAuthProfilesTests(workspace), IClassFixture<PostgresWorkspace>;
