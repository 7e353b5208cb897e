using Microsoft.EntityFrameworkCore;
using Workato.Connections.Data;
using Workato.Connections.Data.Work;
using Workato.Connections.Operating;
using Workato.Connections.Secrets;

namespace Workato.Connections.Web.Hosting;

/// <summary>The commands about keys: <c>-- verify</c>, <c>-- rotate-keys</c> and <c>-- rotate-certificate</c>.</summary>
internal static class KeyCommands
{
    /// <summary>Opens everything that is sealed, names what cannot be, and counts by key and by certificate. Changes nothing.</summary>
    public static async Task VerifyAsync(IServiceProvider services)
    {
        var db = services.GetRequiredService<ConnectionsDbContext>();
        if (!await db.Database.CanConnectAsync()) throw new StartRefusedException("There is no database that can be read. Check Database__ConnectionString, or DataDirectory.");
        if ((await db.Database.GetPendingMigrationsAsync()).Any()) throw new StartRefusedException("The database is of another version of this program, and verify changes nothing. Bring it up to date first, by -- migrate.");

        var check = services.GetRequiredService<SecretCheck>();
        try
        {
            await foreach (var secret in check.RunAsync(CancellationToken.None)) Console.WriteLine($"{secret.Place} {secret.Id}: {secret.Why}");
            await TellKeysAsync(services.GetRequiredService<KeyStock>());
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            throw new StartRefusedException("No data key can be opened by the certificate given, so nothing can be. Set KeyEncryption__CertificatePath and KeyEncryption__CertificatePassword to the certificate in use before.");
        }

        Console.WriteLine($"{check.Opened + check.Unreadable} secrets were read: {check.Opened} open, {(check.Unreadable == 0 ? "none cannot be opened" : $"{check.Unreadable} cannot be opened")}.");
        if (check.Unreadable > 0) Environment.ExitCode = 1;
    }

    /// <summary>Begins a rotation, or joins the one that goes on, and works on it until it has ended, beside whichever servers run.</summary>
    public static async Task RotateAsync(IServiceProvider services, string kind)
    {
        var rotations = services.GetRequiredService<KeyRotations>();
        var (rotation, isOurs) = (await rotations.FindOpenAsync(kind, CancellationToken.None), false);
        if (rotation is null)
        {
            var started = await rotations.StartAsync(kind, CancellationToken.None);
            // Where somebody else began one in the same moment, that is joined.
            rotation = started.Value ?? await rotations.FindOpenAsync(kind, CancellationToken.None) ?? throw new StartRefusedException(started.Refusal!.Message);
            isOurs = started.Value is not null;
        }

        if (isOurs)
        {
            Console.WriteLine(kind == RotationKinds.DataKeys ? $"The data key {rotation.Target} is in force. Everything is sealed anew under it." : $"Every data key is wrapped anew by the certificate {rotation.Target}.");
        }
        else if (kind == RotationKinds.Certificate && services.GetRequiredService<KeyCertificates>().Find(rotation.Target) is null)
        {
            throw new StartRefusedException($"A rotation to the certificate {rotation.Target} goes on, and this process does not have it. Set KeyEncryption__CertificatePath or KeyEncryption__OtherCertificatePath to it.");
        }
        else
        {
            Console.WriteLine($"A rotation of the {RotationKinds.Words(kind)} goes on since {rotation.StartedAt:u}, at {rotation.Done} of {rotation.Total}.");
        }

        for (var runner = services.GetRequiredService<WorkRunner>(); rotation.FinishedAt is null; rotation = (await rotations.FindAsync(rotation.Id, CancellationToken.None))!)
        {
            await runner.RunDueAsync(CancellationToken.None, KeyRotations.Work);
            await Task.Delay(TimeSpan.FromSeconds(1));
        }

        Console.WriteLine($"It has ended: {rotation.Done} done, {rotation.Unreadable} could not be opened{(rotation.Unreadable > 0 ? " and were left as they are; verify names them" : "")}.");
        await TellKeysAsync(services.GetRequiredService<KeyStock>());
        if (rotation.Unreadable > 0) Environment.ExitCode = 1;
    }

    private static async Task TellKeysAsync(KeyStock stock)
    {
        var keys = await stock.ListAsync(CancellationToken.None);
        foreach (var key in keys)
        {
            var state = key switch { { IsThere: false } => "gone", { CanBeOpened: false } => "cannot be opened", { IsInForce: true } => "in force", _ => "kept for what was sealed before" };
            Console.WriteLine($"data key {key.Id}: {key.Secrets} secrets, {state}{(key.WrappedBy is null ? "" : $", wrapped by certificate {key.WrappedBy}")}");
        }

        foreach (var group in keys.Where(k => k.WrappedBy is not null).GroupBy(k => k.WrappedBy))
            Console.WriteLine($"certificate {group.Key}: {group.Count()} data keys{(group.Key == stock.CertificateInForce ? ", in force here" : group.Key == stock.OtherCertificate ? ", the other certificate here" : "")}");
    }
}
