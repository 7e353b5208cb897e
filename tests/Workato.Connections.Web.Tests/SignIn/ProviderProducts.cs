using System.Web;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Tokens;
using Workato.Connections.Data;
using Workato.Connections.Privileges;
using Workato.Connections.Tests.Support;
using Workato.Connections.Web.Tests.Support;

namespace Workato.Connections.Web.Tests.SignIn;

/// <summary>The embedded default with a provider that does what a test says.</summary>
public sealed class ProviderOnSqlite : ProductOnSqlite, IWithProvider
{
    public TinyProvider Provider { get; private set; } = null!;

    public override async ValueTask InitializeAsync()
    {
        Provider = await this.AddProviderAsync();
        await base.InitializeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Provider.DisposeAsync();
    }
}

/// <summary>The same on PostgreSQL.</summary>
public sealed class ProviderOnPostgres(PostgresCluster cluster) : ProductOnPostgres(cluster), IWithProvider
{
    public TinyProvider Provider { get; private set; } = null!;

    public override async ValueTask InitializeAsync()
    {
        Provider = await this.AddProviderAsync();
        await base.InitializeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Provider.DisposeAsync();
    }
}

/// <summary>A product beside a provider.</summary>
public interface IWithProvider
{
    TinyProvider Provider { get; }
}

/// <summary>Signing in there, in a word.</summary>
internal static class ProviderProducts
{
    public static async Task<TinyProvider> AddProviderAsync(this Product product)
    {
        var provider = await TinyProvider.StartAsync();
        (product.Settings["SignIn:Authority"], product.Settings["SignIn:ClientId"], product.Settings["SignIn:ClientSecret"]) = (provider.Url, TinyProvider.ClientId, TinyProvider.ClientSecret);
        (product.Settings["SignIn:RolesClaim"], product.Settings["SignIn:Roles:Analyst"]) = ("groups", "builders, makers of things");
        return provider;
    }

    /// <summary>Goes to the provider; what the browser carries there.</summary>
    public static async Task<(string State, string Nonce)> LeaveAsync(this CookieClient browser, string back = "/")
    {
        var left = (await browser.Http.ReadAsync($"/sign-in/start?return={Uri.EscapeDataString(back)}")).Is(302).Headers.Location!;
        var query = HttpUtility.ParseQueryString(left.Query);
        query["code_challenge_method"].ShouldBe("S256");
        return (query["state"]!, query["nonce"]!);
    }

    /// <summary>Comes back with a code.</summary>
    public static Task<Answer> ReturnAsync(this CookieClient browser, string state, string code) => browser.Http.ReadAsync($"/sign-in/callback?code={code}&state={Uri.EscapeDataString(state)}");

    /// <summary>The whole trip.</summary>
    public static async Task<Answer> TripAsync(this CookieClient browser, TinyProvider provider, string subject, string back = "/", Action<SecurityTokenDescriptor>? forge = null, params (string Name, object Value)[] claims)
    {
        var (state, nonce) = await browser.LeaveAsync(back);
        var all = new Dictionary<string, object> { ["sub"] = subject, ["name"] = $"{subject} by name", ["email"] = $"{subject}@example.com" };
        foreach (var (name, value) in claims) all[name] = value;
        return await browser.ReturnAsync(state, provider.Give(nonce, all, forge));
    }

    public static async Task<T> DbAsync<T>(this Product product, Func<ConnectionsDbContext, Task<T>> work)
    {
        await using var scope = product.Services.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<ConnectionsDbContext>());
    }

    public static Task<Member?> MemberAsync(this Product product, string subject) =>
        product.DbAsync(db => db.Set<Member>().AsNoTracking().Include(m => m.Role).SingleOrDefaultAsync(m => m.Subject == subject));
}
