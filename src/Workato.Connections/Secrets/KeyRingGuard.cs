using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.EntityFrameworkCore;
using Workato.Connections.Data;

namespace Workato.Connections.Secrets;

/// <summary>
/// Refuses a start with the wrong certificate: with a key ring that cannot be opened, every credential in the database
/// would be lost to the eye, and what is sealed from then on to everybody else.
/// </summary>
public sealed class KeyRingGuard(IKeyManager keys, KeyRings rings, KeyMaker maker, IDataProtectionProvider provider, ConnectionsDbContext db, TimeProvider time)
{
    private static readonly byte[] Song = Encoding.UTF8.GetBytes("the canary sings");

    /// <summary>Opens the canary; founds key ring and canary on the very first start. Call it under the start lock.</summary>
    /// <exception cref="StartRefusedException">A key or the canary cannot be opened.</exception>
    public async Task CheckAsync(CancellationToken cancel)
    {
        var there = keys.GetAllKeys();
        if (there.Any(key => !key.IsRevoked && !CanOpen(key))) throw Refusal();

        var canary = await db.Set<KeyRingCanary>().AsNoTracking().SingleOrDefaultAsync(cancel);
        var protector = provider.CreateProtector(CredentialProtector.Purpose(SecretKinds.Canary));
        if (canary is null)
        {
            if (there.Count == 0) await FoundAsync(cancel);
            db.Add(new KeyRingCanary { Sealed = protector.Protect(Song), CreatedAt = time.GetUtcNow() });
            await db.SaveChangesAsync(cancel);
            return;
        }

        // Sealed under a key that is no longer in the ring: the keys were deleted from the database.
        if (there.Count == 0 || !Sings(protector, canary)) throw Refusal();
    }

    private async Task FoundAsync(CancellationToken cancel)
    {
        db.Add(maker.Make().Row);
        await db.SaveChangesAsync(cancel);
        rings.Refresh();
    }

    private static bool CanOpen(IKey key)
    {
        try
        {
            return key.CreateEncryptor() is not null;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return false;
        }
    }

    private static bool Sings(IDataProtector protector, KeyRingCanary canary)
    {
        try
        {
            return protector.Unprotect(canary.Sealed).AsSpan().SequenceEqual(Song);
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private static StartRefusedException Refusal() => new(
        "The credentials in this database were sealed under another certificate than the one given. Nothing was changed. "
        + "Set KeyEncryption__CertificatePath and KeyEncryption__CertificatePassword to the certificate in use before, or restore it beside the database.");
}
