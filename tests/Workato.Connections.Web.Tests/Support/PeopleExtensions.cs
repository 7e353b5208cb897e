using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Workato.Connections.Auditing;
using Workato.Connections.Data;

namespace Workato.Connections.Web.Tests.Support;

/// <summary>API clients and what is written down about them, in a word.</summary>
public static class PeopleExtensions
{
    extension(Product product)
    {
        /// <summary>Makes an API client by the API; what it answered.</summary>
        public async Task<JsonObject> AddClientAsync(object body) => (await product.Api.SendAsync("/api/developer_api_clients", body)).Ok().Json["result"]!.AsObject();

        /// <summary>An HTTP client of a new API client with this role, in these projects (root folders) or in all.</summary>
        public async Task<HttpClient> ClientAsync(string name, int role, params int[] folders) =>
            product.With((await product.AddClientAsync(new { name, api_privilege_group_id = role, all_folders = folders.Length == 0, folder_ids = folders })).Token);

        /// <summary>An HTTP client with this token.</summary>
        public HttpClient With(string token)
        {
            var http = product.Anonymous();
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
            return http;
        }

        /// <summary>Makes a role of one's own; its id.</summary>
        public async Task<int> AddRoleAsync(string name, object privileges) => (await product.Api.SendAsync("/api/roles", new { name, privileges })).Ok().Json.Id;

        /// <summary>Makes a project; its root folder, as the API names it.</summary>
        public async Task<JsonObject> AddProjectAsync(string name) => (await product.Api.SendAsync("/api/folders", new { name })).Ok().Json;

        /// <summary>The audit entries of one event; what was summed is written down before.</summary>
        public async Task<IReadOnlyList<AuditEntry>> AuditAsync(string @event)
        {
            await product.Services.GetRequiredService<AuditTally>().WriteAsync(TestContext.Current.CancellationToken);
            await using var scope = product.Services.CreateAsyncScope();
            return await scope.ServiceProvider.GetRequiredService<ConnectionsDbContext>().Set<AuditEntry>().AsNoTracking().Where(e => e.Event == @event).OrderBy(e => e.Id).ToListAsync(TestContext.Current.CancellationToken);
        }
    }
}

/// <summary>What the API answers of a client, in a word.</summary>
public static class ClientProperties
{
    extension(JsonObject client)
    {
        /// <summary>The token of a client that was just made.</summary>
        public string Token => client["token"]!["value"]!.GetValue<string>();
    }
}
