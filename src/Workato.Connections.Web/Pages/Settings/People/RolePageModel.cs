using Workato.Connections.Privileges;
using Workato.Connections.Web.Pages.Shared;

namespace Workato.Connections.Web.Pages.Settings.People;

/// <summary>A page about one role: finds it before every handler, answers 404 where it is not there.</summary>
internal abstract class RolePageModel(Roles roles) : FoundPageModel<Role>
{
    public Role Role => Found;

    protected Roles Roles => roles;

    protected override Task<Role?> FindAsync(CancellationToken cancel) => roles.FindAsync(Id, cancel);
}
