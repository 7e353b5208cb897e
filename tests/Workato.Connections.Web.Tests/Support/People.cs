using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Workato.Connections.Data;
using Workato.Connections.Privileges;

namespace Workato.Connections.Web.Tests.Support;

/// <summary>People and API clients with any role, put straight into the database, and HTTP clients that are them.</summary>
public static class People
{
    extension(Product product)
    {
        /// <summary>A role with these privileges.</summary>
        public Task<Role> RoleAsync(string name, params Privilege[] privileges) => product.AddAsync(_ =>
            Task.FromResult(new Role { Name = name, Privileges = [.. privileges], CreatedAt = DateTimeOffset.UtcNow, UpdatedAt = DateTimeOffset.UtcNow }));

        /// <summary>A person with this role, in all projects unless some are named.</summary>
        public Task<Member> MemberAsync(string role, params int[] projects) => product.AddAsync(async db => new Member
        {
            Name = $"{role} {Guid.NewGuid():N}"[..20],
            Email = $"{Guid.NewGuid():N}@example.com",
            Role = await db.Set<Role>().SingleAsync(r => r.Name == role),
            AllProjects = projects.Length == 0,
            ProjectIds = [.. projects],
            CreatedAt = DateTimeOffset.UtcNow,
        });

        /// <summary>The same, unless there is one of that name.</summary>
        public async Task EnsureRoleAsync(string name, params Privilege[] privileges)
        {
            await using var scope = product.Services.CreateAsyncScope();
            if (!await scope.ServiceProvider.GetRequiredService<ConnectionsDbContext>().Set<Role>().AnyAsync(r => r.Name == name)) await product.RoleAsync(name, privileges);
        }

        /// <summary>The cookie of a session of this person: one without an id, which goes on after signing out.</summary>
        public Microsoft.Playwright.Cookie SessionCookie(Member member)
        {
            var options = product.Services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(CookieAuthenticationDefaults.AuthenticationScheme);
            var identity = new ClaimsIdentity([new(ClaimTypes.NameIdentifier, member.Id.ToString(CultureInfo.InvariantCulture))], CookieAuthenticationDefaults.AuthenticationScheme);
            var now = DateTimeOffset.UtcNow;
            var ticket = new AuthenticationTicket(new(identity), new() { IssuedUtc = now, ExpiresUtc = now.AddDays(1) }, CookieAuthenticationDefaults.AuthenticationScheme);
            return new() { Name = options.Cookie.Name!, Value = options.TicketDataFormat.Protect(ticket), Url = product.Address.AbsoluteUri };
        }

        /// <summary>Makes the session in these cookies one that was begun that long ago.</summary>
        public void Age(System.Net.CookieContainer cookies, TimeSpan age, bool hasId = true)
        {
            var options = product.Services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(CookieAuthenticationDefaults.AuthenticationScheme);
            var cookie = cookies.GetCookies(product.Address)[options.Cookie.Name!]!;
            var ticket = options.TicketDataFormat.Unprotect(cookie.Value)!;
            var identity = (ClaimsIdentity)ticket.Principal.Identity!;
            if (!hasId) identity.RemoveClaim(identity.FindFirst(c => c.Type != ClaimTypes.NameIdentifier)!);
            (ticket.Properties.IssuedUtc, ticket.Properties.ExpiresUtc) = (ticket.Properties.IssuedUtc - age, ticket.Properties.ExpiresUtc - age);
            cookie.Value = options.TicketDataFormat.Protect(ticket);
        }

        /// <summary>A browser in which this person is signed in; it keeps cookies and follows no redirects.</summary>
        public HttpClient Browser(Member member)
        {
            var (session, cookies) = (product.SessionCookie(member), new System.Net.CookieContainer());
            cookies.Add(product.Address, new System.Net.Cookie(session.Name, session.Value));
            return new(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = cookies }) { BaseAddress = product.Address };
        }

        /// <summary>A program with this role, in all projects unless some are named.</summary>
        public async Task<HttpClient> ProgramAsync(string role, params int[] projects)
        {
            var token = Token.Create().Reveal();
            await product.AddAsync(async db => new ApiClient
            {
                Name = Guid.NewGuid().ToString("N"),
                TokenHash = Token.Hash(token),
                TokenEnding = token[^4..],
                TokenMadeAt = DateTimeOffset.UtcNow,
                Role = await db.Set<Role>().SingleAsync(r => r.Name == role),
                AllProjects = projects.Length == 0,
                ProjectIds = [.. projects],
                CreatedAt = DateTimeOffset.UtcNow,
                UpdatedAt = DateTimeOffset.UtcNow,
            });
            var client = product.Anonymous();
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
            return client;
        }

        private async Task<T> AddAsync<T>(Func<ConnectionsDbContext, Task<T>> make)
            where T : class
        {
            await using var scope = product.Services.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<ConnectionsDbContext>();
            var made = await make(db);
            db.Add(made);
            await db.SaveChangesAsync();
            return made;
        }
    }
}
