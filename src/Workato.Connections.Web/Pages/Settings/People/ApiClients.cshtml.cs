using Microsoft.AspNetCore.Mvc.RazorPages;
using Workato.Connections.Privileges;
using Workato.Connections.Projects;
using Workato.Connections.Web.Authorization;

namespace Workato.Connections.Web.Pages.Settings.People;

/// <summary>Lists API clients and makes them. A new token is shown once, to who made it.</summary>
[Needs(Privilege.ReadApiClients)]
internal sealed class ApiClientsModel(ApiClients clients, ProjectDirectory projects, GrantForms forms, TimeProvider time) : PageModel
{
    public IReadOnlyList<ApiClient> Clients { get; private set; } = [];

    public IReadOnlyList<Project> Projects { get; private set; } = [];

    public ApiClientForm Form { get; private set; } = null!;

    public NewToken? Token { get; private set; }

    public Refusal? Refusal { get; private set; }

    public async Task OnGetAsync(CancellationToken cancel)
    {
        Form = new() { Grant = await forms.EmptyAsync(cancel) };
        await ListAsync(cancel);
    }

    [Needs(Privilege.CreateApiClients)]
    public async Task OnPostAsync(ApiClientInput input, GrantInput grant, CancellationToken cancel)
    {
        var draft = input.ToDraft(grant, endNow: null);
        var made = draft.Refusal is { } wrong ? wrong : await clients.CreateAsync(draft.Value!, cancel);
        Refusal = GrantForms.Named(made.Refusal);
        if (Refusal is null) Token = new(made.Value.Client.Name, made.Value.Token);
        Form = Refusal is null
            ? new() { Grant = await forms.EmptyAsync(cancel) }
            : new() { Name = input.Name, Networks = input.Networks, LastDay = input.LastDay, Grant = await forms.OfAsync(grant, Refusal, cancel) };
        Response.Headers.CacheControl = "no-cache, no-store";
        await ListAsync(cancel);
    }

    public bool IsOver(ApiClient client) => client.ExpiresAt <= time.GetUtcNow();

    private async Task ListAsync(CancellationToken cancel) => (Clients, Projects) = (await clients.ListAsync(cancel), await projects.ReachedAsync(cancel));
}
