using Microsoft.EntityFrameworkCore;
using Workato.Connections.Data;

namespace Workato.Connections.Projects;

/// <summary>Where a connection goes that was meant for no other place. Home is made at the first start and stays: it is looked for once.</summary>
public sealed class HomeFolder
{
    // 0 is no id.
    private int known;

    internal async ValueTask<int> IdAsync(ConnectionsDbContext db, CancellationToken cancel)
    {
        if (known == 0) known = await db.Folders.Where(f => f.ParentId == null).Select(f => f.Id).SingleAsync(cancel);
        return known;
    }
}
