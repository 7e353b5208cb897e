using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Workato.Connections.Authorizing.Profiles;
using Workato.Connections.Data;
using Workato.Connections.Notices;
using Workato.Connections.Privileges;
using Workato.Connections.Projects;
using Workato.Connections.Recipes;
using Workato.Connections.Recipes.Jobs;
using Workato.Connections.Web.Tests.Support;

namespace Workato.Connections.Web.Tests.Authorization;

/// <summary>Somebody who tries.</summary>
/// <param name="Name">As the matrix calls them.</param>
/// <param name="Http">With their cookie or token, or nothing.</param>
public sealed record Somebody(string Name, HttpClient Http);

/// <summary>A workspace with two projects, everything in the one, and everybody who may or may not come to it.</summary>
public sealed partial class AccessScene
{
    private readonly Product product;
    private readonly Dictionary<Somebody, string> formTokens = [];

    private AccessScene(Product product) => this.product = product;

    public IReadOnlyList<Somebody> Everybody { get; private set; } = [];

    public static async Task<AccessScene> PrepareAsync(Product product)
    {
        var elsewhere = (await product.Api.SendAsync("/api/folders", new { name = "Elsewhere" })).Ok().Json["project_id"]!.GetValue<int>();
        await product.RoleAsync("Nothing");
        var people = new List<Somebody> { new("nobody", product.Anonymous()) };
        foreach (var role in new[] { "Owner", "Admin", "Analyst", "Operator", "Nothing" }) people.Add(new(role.ToLowerInvariant(), product.Browser(await product.MemberAsync(role))));
        people.Add(new("elsewhere", product.Browser(await product.MemberAsync("Analyst", elsewhere))));
        foreach (var role in new[] { "Owner", "Analyst", "Nothing" }) people.Add(new("c:" + role.ToLowerInvariant(), await product.ProgramAsync(role)));
        people.Add(new("c:elsewhere", await product.ProgramAsync("Analyst", elsewhere)));
        return new(product) { Everybody = people };
    }

    /// <summary>Whether somebody comes in: <c>yes</c>, the status of a refusal, or <c>sign-in</c> where they are sent there.</summary>
    public async Task<string> TryAsync(Somebody somebody, Way way)
    {
        using var request = new HttpRequestMessage(new(way.Method), await AddressAsync(way));
        if (way.IsApi) request.Content = way.Method is "POST" or "PUT" or "PATCH" ? new StringContent("{}", Encoding.UTF8, "application/json") : null;
        else if (way.Method == "POST") request.Content = new FormUrlEncodedContent([new("__RequestVerificationToken", await FormTokenAsync(somebody))]);

        using var response = await somebody.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        var status = (int)response.StatusCode;
        if (status is 401 or 403 or 404) return status.ToString(CultureInfo.InvariantCulture);
        if (status >= 500 && status != 502) return $"!{status}";
        return response.Headers.Location?.ToString().Contains("/sign-in", StringComparison.Ordinal) == true ? "sign-in" : "yes";
    }

    // Everything that may go by a try is made for it anew.
    private async Task<string> AddressAsync(Way way)
    {
        await using var scope = product.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ConnectionsDbContext>();
        var id = way.Route.Contains("{id", StringComparison.Ordinal) ? await ThingAsync(db, way.Route) : 0;
        var path = Parameter().Replace(way.Route, m => m.Groups[1].Value.TrimStart('*') switch
        {
            "id" => id.ToString(CultureInfo.InvariantCulture),
            "provider" => "sample_app",
            "documentName" => "v1",
            "status" => "404",
            "number" => "1",
            "handle" => $"j-{id}",
            "deliveryId" => (-id).ToString(CultureInfo.InvariantCulture),
            "path" => "me",
            _ => "x",
        });
        return "/" + path + (way.Handler is null ? "" : $"?handler={way.Handler}");
    }

    private static async Task<int> ThingAsync(ConnectionsDbContext db, string route)
    {
        var (now, name) = (DateTimeOffset.UtcNow, Guid.NewGuid().ToString("N"));
        var home = await db.Folders.SingleAsync(f => f.ParentId == null);
        var folder = new Folder { Name = name, ParentId = home.Id, IsProject = true, Project = new() { Name = name }, CreatedAt = now, UpdatedAt = now };
        var owner = await db.Set<Role>().SingleAsync(r => r.Name == "Operator");
        object thing = route switch
        {
            _ when route.Contains("notice_channels/", StringComparison.Ordinal) || route.Contains("notices/", StringComparison.Ordinal) =>
                new NoticeChannel { Kind = ChannelKinds.Webhook, Name = name, Address = "http://127.0.0.1:1/hook", CreatedAt = now, UpdatedAt = now },
            _ when route.Contains("recipes/", StringComparison.Ordinal) => await RecipeAsync(),
            _ when route.Contains("connections/", StringComparison.Ordinal) => await ConnectionAsync(),
            _ when route.Contains("projects/", StringComparison.Ordinal) => folder,
            _ when route.Contains("folders/", StringComparison.Ordinal) => await InProjectAsync(),
            _ when route.Contains("oauth_profiles/", StringComparison.Ordinal) || route.Contains("oauth-apps/", StringComparison.Ordinal) =>
                new CustomOAuthProfile { Name = name, Provider = "sample_app", ClientId = "id", CreatedAt = now, UpdatedAt = now },
            _ when route.Contains("clients/", StringComparison.Ordinal) =>
                new ApiClient { Name = name, TokenHash = Token.Hash(name), TokenEnding = "abcd", TokenMadeAt = now, Role = owner, CreatedAt = now, UpdatedAt = now },
            _ when route.Contains("members/", StringComparison.Ordinal) => new Member { Name = name, Email = $"{name}@example.com", Role = owner, CreatedAt = now },
            _ when route.Contains("roles/", StringComparison.Ordinal) => new Role { Name = name, Privileges = [], CreatedAt = now, UpdatedAt = now },
            _ => new object(),
        };
        if (thing.GetType() == typeof(object)) return 1;
        db.Add(thing);
        await db.SaveChangesAsync();
        if (thing is Recipe made)
        {
            db.Add(new RecipeVersion { RecipeId = made.Id, Number = 1, Name = name, Code = made.Code, Author = name, CreatedAt = now });
            db.Add(new Job { Id = made.Id, RecipeId = made.Id, RecipeVersion = 1, Title = name, Trigger = "{}", Status = JobStatus.Failed, CreatedAt = now });
            await db.SaveChangesAsync();
        }

        if (thing is NoticeChannel channel)
        {
            db.Add(new NoticeDelivery { Id = -channel.Id, ChannelId = channel.Id, Event = NoticeMessage.Test, MessageId = name, Payload = new NoticeMessage(NoticeMessage.Test, now, new() { Title = name, Message = name, Url = name }).ToJson(), CreatedAt = now, SentAt = now });
            await db.SaveChangesAsync();
        }

        return thing is Folder { IsProject: true } root ? root.ProjectId : (int)thing.GetType().GetProperty("Id")!.GetValue(thing)!;

        async Task<Folder> InProjectAsync()
        {
            db.Add(folder);
            await db.SaveChangesAsync();
            return new() { Name = "below", ParentId = folder.Id, Project = folder.Project, CreatedAt = now, UpdatedAt = now };
        }

        async Task<Recipe> RecipeAsync()
        {
            db.Add(folder);
            await db.SaveChangesAsync();
            return new() { Name = name, FolderId = folder.Id, Code = Support.Recipes.Notes, CreatedAt = now, UpdatedAt = now };
        }

        async Task<Connection> ConnectionAsync()
        {
            db.Add(folder);
            await db.SaveChangesAsync();
            var connection = new Connection { Name = name, Provider = "sample_app", FolderId = folder.Id, SignInBy = "basic", Settings = [], CreatedAt = now, UpdatedAt = now };
            if (!route.Contains("runtime-user-connections/", StringComparison.Ordinal)) return connection;
            db.Add(connection);
            await db.SaveChangesAsync();
            return new() { Name = name, Provider = "sample_app", FolderId = folder.Id, ParentId = connection.Id, ExternalId = name, SignInBy = "basic", Settings = [], CreatedAt = now, UpdatedAt = now };
        }
    }

    // From a form everybody has who is signed in.
    private async Task<string> FormTokenAsync(Somebody somebody)
    {
        if (formTokens.TryGetValue(somebody, out var known)) return known;
        using var page = await somebody.Http.GetAsync("/docs");
        return formTokens[somebody] = TokenBox().Match(await page.Content.ReadAsStringAsync()).Groups[1].Value;
    }

    [GeneratedRegex(@"\{([^}:?]+)[^}]*\}")]
    private static partial Regex Parameter();

    [GeneratedRegex("name=\"__RequestVerificationToken\" type=\"hidden\" value=\"([^\"]+)\"")]
    private static partial Regex TokenBox();
}
