using System.Text.Json.Nodes;
using Workato.Connections.Tests.Support;

namespace Workato.Connections.Web.Tests.Support;

/// <summary>The embedded default with apps that are connected by OAuth.</summary>
public class OAuthOnSqlite : ProductOnSqlite
{
    public OAuthOnSqlite() => this.AddOAuthDesk();
}

/// <summary>The same on PostgreSQL.</summary>
public class OAuthOnPostgres : ProductOnPostgres
{
    public OAuthOnPostgres(PostgresCluster cluster)
        : base(cluster) => this.AddOAuthDesk();
}

/// <summary>Apps that are connected by OAuth, and their clients.</summary>
public static class OAuthProducts
{
    extension(Product product)
    {
        /// <summary>Puts the connector files into a directory of the operator's; before the start.</summary>
        public void AddOAuthDesk()
        {
            var directory = System.IO.Directory.CreateDirectory(Path.Combine(product.Directory, "connectors")).FullName;
            File.WriteAllText(Path.Combine(directory, "oauth_desk.yaml"), OAuthDesk.File());
            // The app of the API document's examples.
            File.WriteAllText(Path.Combine(directory, "gmail.yaml"), OAuthDesk.File("gmail", "Gmail"));
            product.Settings["Connectors:Directory"] = directory;
        }

        /// <summary>Makes a custom OAuth profile over the API.</summary>
        public async Task<JsonObject> AddOAuthAppAsync(string name, string secret = "hush") =>
            (await product.Api.SendAsync("/api/custom_oauth_profiles", new { name, provider = OAuthDesk.Provider, data = new { client_id = "client-1", client_secret = secret } })).Ok().Json["result"]!.AsObject();

        /// <summary>Makes a connection of the app that uses this profile.</summary>
        public async Task<JsonObject> ConnectByAsync(JsonObject profile, string name) => (await product.Api.SendAsync("/api/connections",
            new { name, provider = OAuthDesk.Provider, input = new { custom_oauth_profile_id = $"{profile.Id}" }, shell_connection = true })).Ok().Json;
    }
}
