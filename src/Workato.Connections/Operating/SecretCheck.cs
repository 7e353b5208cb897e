using Workato.Connections.Data;
using Workato.Connections.Secrets;

namespace Workato.Connections.Operating;

/// <summary>A secret that cannot be opened.</summary>
/// <param name="Place">Table and column.</param>
/// <param name="Id">The row's number.</param>
/// <param name="Why">Why, for a person.</param>
public sealed record UnreadableSecret(string Place, long Id, string Why);

/// <summary>Opens everything that is sealed, and says what cannot be. Changes nothing; servers may go on meanwhile.</summary>
public sealed class SecretCheck(ConnectionsDbContext db, KeyRings rings, CredentialProtector protector)
{
    private const int BatchSize = 500;

    // Looking for where a copy came from reads the whole table.
    private const int MaxTraced = 20;

    private int traced;

    /// <summary>How many were opened so far.</summary>
    public long Opened { get; private set; }

    /// <summary>How many could not be so far.</summary>
    public long Unreadable { get; private set; }

    /// <summary>What cannot be opened, as it is found: however many rows there are, a few hundred are in memory.</summary>
    public async IAsyncEnumerable<UnreadableSecret> RunAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        rings.Refresh();
        foreach (var column in SealedColumn.All)
        {
            for (var cells = await column.ReadAsync(db, 0, BatchSize, [], cancel); cells.Count > 0; cells = await column.ReadAsync(db, cells[^1].Id, BatchSize, [], cancel))
            {
                foreach (var cell in cells)
                {
                    if (await WhyNotAsync(column, cell, cancel) is { } why) yield return new(column.Place, cell.Id, why);
                }
            }
        }
    }

    private async Task<string?> WhyNotAsync(SealedColumn column, SealedCell cell, CancellationToken cancel)
    {
        if (protector.Opens(column.Kind, column.Row(cell), cell.Sealed))
        {
            Opened++;
            return null;
        }

        Unreadable++;
        if (CredentialProtector.KeyOf(cell.Sealed) is not { } id) return "altered: it does not begin as what is sealed does";
        var key = rings.Keys.FirstOrDefault(k => k.Id == id);
        if (key is null) return $"its data key {id} is gone from data_protection_keys";
        if (key.IsRevoked) return $"its data key {id} was revoked";
        if (!key.CanBeOpened) return $"its data key {id} is wrapped by a certificate this server does not have";
        return traced++ < MaxTraced && await column.FindSameAsync(db, cell, cancel) is { } from
            ? $"moved: the same stands in row {from}, for which it was sealed or from where it was copied"
            : "altered, or moved here from another row";
    }
}
