using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection.AuthenticatedEncryption;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.KeyManagement.Internal;
using Microsoft.Extensions.Logging;
using Workato.Connections.Data;

namespace Workato.Connections.Secrets;

/// <summary>
/// The key ring of this node, for credentials, cookies and forms alike. It is read again when another node says that a key
/// came or was wrapped anew, when something comes that was sealed under a key it does not know, and every few seconds. It
/// stands in the place of DataProtection's own, which is read once a day and makes a new key when it cannot open the old.
/// </summary>
public sealed partial class KeyRings : IKeyRingProvider
{
    /// <summary>The table the keys are in.</summary>
    public const string Table = "data_protection_keys";

    /// <summary>For how long an unknown key is not looked for again, and within which <see cref="MaxLooks"/> are the most.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    // Anybody can send a cookie with a key id made up.
    private const int MaxLooks = 10;

    // Clocks of nodes may differ: a key another node says is in force is.
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(5);

    private readonly IKeyManager keys;
    private readonly TimeProvider time;
    private readonly ILogger<KeyRings> log;
    private readonly Lock reading = new();
    private readonly HashSet<Guid> lookedFor = [];
    private long lookingSince;
    private int looks;
    private KeyRing? current;

    /// <summary>Listens to <paramref name="feed"/> from now on.</summary>
    public KeyRings(IKeyManager keys, ChangeFeed feed, TimeProvider time, ILogger<KeyRings> log)
    {
        (this.keys, this.time, this.log) = (keys, time, log);
        feed.RowChanged += (table, _) =>
        {
            if (table == Table) ReadSoon();
        };
        feed.Lost += ReadSoon;
    }

    /// <summary>The keys as they were read last.</summary>
    /// <exception cref="CryptographicException">There is no key that can be opened.</exception>
    public IReadOnlyCollection<DataKey> Keys => Ring.Keys;

    /// <summary>What is sealed from now on is sealed under this one.</summary>
    /// <exception cref="CryptographicException">There is no key that can be opened.</exception>
    public DataKey Default => Ring.Default;

    private KeyRing Ring => Volatile.Read(ref current) ?? Read();

    /// <inheritdoc/>
    public IKeyRing GetCurrentKeyRing() => Ring;

    /// <summary>Reads the keys again, now. Where they cannot be read, what was known stays.</summary>
    /// <exception cref="CryptographicException">There is no key that can be opened, and there was none before.</exception>
    public void Refresh() => Read();

    private KeyRing Read()
    {
        lock (reading)
        {
            var known = current;
            var found = keys.GetAllKeys().Select(k => Open(k, known)).DistinctBy(k => k.Id).ToDictionary(k => k.Id);
            // Deleted from the database under our feet: this node goes on with what it has, and the next start is refused.
            if (known is not null && !found.Values.Any(k => k.CanBeOpened && !k.IsRevoked)) LogNothing(log);
            else if (Choose(found.Values) is { } chosen) Volatile.Write(ref current, new KeyRing(found, chosen, LookAgain));
            return current ?? throw new CryptographicException("There is no data key that can be opened.");
        }
    }

    // The youngest in force. One that has expired is better than none: nothing may fail because nobody made the next in time.
    private DataKey? Choose(IEnumerable<DataKey> found)
    {
        var now = time.GetUtcNow();
        var usable = found.Where(k => k.CanBeOpened && !k.IsRevoked).OrderByDescending(k => k.ActiveFrom).ThenBy(k => k.Id).ToList();
        return usable.Find(k => k.ActiveFrom <= now + ClockSkew && k.ExpiresAt > now) ?? usable.Find(k => k.ActiveFrom <= now + ClockSkew) ?? usable.LastOrDefault();
    }

    // What is behind an id never changes: one that was opened once stays open, also where the certificate it is wrapped by now is another's.
    private static DataKey Open(IKey key, KeyRing? known) => new(key.KeyId, key.CreationDate, key.ActivationDate, key.ExpirationDate, key.IsRevoked)
    {
        Encryptor = known?.Find(key.KeyId)?.Encryptor ?? Open(key),
    };

    private static IAuthenticatedEncryptor? Open(IKey key)
    {
        try
        {
            return key.CreateEncryptor();
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Wrapped by another certificate, or damaged: the others are read all the same.
            return null;
        }
    }

    private KeyRing LookAgain(Guid id)
    {
        // Whoever is reading brings what is new; while the database hangs nobody waits for long.
        if (!reading.TryEnter(Patience)) return current!;
        try
        {
            if (current!.Find(id) is { CanBeOpened: true }) return current;
            if (time.GetElapsedTime(lookingSince) >= Pause)
            {
                (lookingSince, looks) = (time.GetTimestamp(), 0);
                lookedFor.Clear();
            }

            return looks < MaxLooks && lookedFor.Add(id) ? Look() : current;
        }
        finally
        {
            reading.Exit();
        }
    }

    private KeyRing Look()
    {
        looks++;
        try
        {
            return Read();
        }
        catch (Exception e)
        {
            LogNotRead(log, e);
            return current!;
        }
    }

    private void ReadSoon() => ThreadPool.UnsafeQueueUserWorkItem(_ =>
    {
        try
        {
            if (Volatile.Read(ref current) is not null) Read();
        }
        catch (Exception e)
        {
            LogNotRead(log, e);
        }
    }, null);

    [LoggerMessage(LogLevel.Error, "There is no data key in the database any more that can be opened. This node goes on with those it knows; put the table data_protection_keys back from a backup.")]
    private static partial void LogNothing(ILogger log);

    [LoggerMessage(LogLevel.Warning, "The data keys could not be read again; those known before stay in use.")]
    private static partial void LogNotRead(ILogger log, Exception e);
}
