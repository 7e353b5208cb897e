using Workato.Connections.Privileges;
using Workato.Connections.Secrets;

namespace Workato.Connections.Tests.Support;

/// <summary>The ids of the system roles: they are the first rows of their table.</summary>
public static class RoleIds
{
    public const int Owner = 1;
    public const int Admin = 2;
    public const int Analyst = 3;
    public const int Operator = 4;

    /// <summary>Makes a client that may do everything everywhere.</summary>
    public static Task<Result<(ApiClient Client, Secret Token)>> CreateAsync(this ApiClients clients, string? name, CancellationToken cancel) =>
        clients.CreateAsync(new ApiClientDraft { Name = name, Grant = new(Owner, AllProjects: true) }, cancel);
}
