using Workato.Connections.Privileges;
using Workato.Connections.Web.Pages.Shared;

namespace Workato.Connections.Web.Pages.Settings.People;

/// <summary>A page about one member: finds them before every handler, answers 404 where they are not there.</summary>
internal abstract class MemberPageModel(Members members) : FoundPageModel<Member>
{
    public Member Member => Found;

    protected Members Members => members;

    protected override Task<Member?> FindAsync(CancellationToken cancel) => members.FindAsync(Id, cancel);
}
