using Workato.Connections.Auditing;
using Workato.Connections.Connectors;
using Workato.Connections.Operating;
using Workato.Connections.Privileges;
using Workato.Connections.Secrets;
using Workato.Connections.Web.SignIn;

namespace Workato.Connections.Web.Hosting;

/// <summary>What the program does besides serving: <c>-- migrate</c>, <c>-- connectors</c>, <c>-- owner-link</c>, <c>-- audit-check [SEQUENCE:HASH]</c>, <c>-- verify</c>, <c>-- rotate-keys</c>, <c>-- rotate-certificate</c>, <c>-- make-certificate PATH</c>.</summary>
internal static class Commands
{
    /// <summary>Whether the command needs neither settings nor database.</summary>
    public static bool RunsWithoutServer(string[] args) => args is ["make-certificate", ..] || (args is [var word, ..] && !word.StartsWith('-') && !NeedsDatabase(args));

    // What begins with a dash is a setting.
    private static bool NeedsDatabase(string[] args) => args is ["audit-check"] or ["migrate" or "connectors" or "owner-link" or "verify" or "rotate-keys" or "rotate-certificate", ..] or ["audit-check", ['-', ..], ..] || Noted(args) is not null;

    private static AuditEnd? Noted(string[] args) => args is ["audit-check", var noted, ..] ? AuditEnd.Parse(noted) : null;

    public static int Run(string[] args)
    {
        if (args is ["audit-check", ..])
        {
            Console.Error.WriteLine("audit-check takes the end of the chain that an earlier check printed, as SEQUENCE:HASH, or nothing.");
            return 2;
        }

        if (args is not ["make-certificate", var path])
        {
            Console.Error.WriteLine($"There is no command '{args[0]}' of this form. Commands: migrate, connectors, owner-link, make-certificate PATH, audit-check [SEQUENCE:HASH], verify, rotate-keys, rotate-certificate. Without a command the server starts.");
            return 2;
        }

        if (File.Exists(path)) throw new StartRefusedException($"{path} exists already and was not touched: it may be the one that opens your credentials.");
        var password = Environment.GetEnvironmentVariable("KeyEncryption__CertificatePassword");
        KeyEncryptionCertificate.Create(path, string.IsNullOrEmpty(password) ? null : new Secret(password));
        Console.WriteLine($"Made {path}, readable by you alone{(string.IsNullOrEmpty(password) ? ", without a password" : ", with the password in KeyEncryption__CertificatePassword")}. Back it up apart from the database: without it the credentials cannot be read.");
        return 0;
    }

    /// <summary>Runs a command that needs the database; false when the server is to start.</summary>
    public static async Task<bool> RunCommandAsync(this WebApplication app, string[] args)
    {
        if (args is not [var word, ..] || word.StartsWith('-')) return false;
        await using var scope = app.Services.CreateAsyncScope();
        var services = scope.ServiceProvider;
        switch (word)
        {
            case "migrate":
                await app.PrepareAsync();
                Console.WriteLine("The database is up to date.");
                break;
            case "connectors":
                List(app.Services.GetRequiredService<ConnectorCatalog>());
                break;
            case "owner-link":
                if (app.Services.GetRequiredService<ServerSettings>().SignIn is { } signIn)
                    throw new StartRefusedException($"People sign in at {signIn.Host} here, because SignIn__Authority is set: there is no owner link. Remove the setting to use it.");
                await app.PrepareAsync();
                Console.WriteLine(await OwnerLinkAddress.MakeAsync(services.GetRequiredService<OwnerLinks>(), app.Services.GetRequiredService<ServerSettings>(), CancellationToken.None));
                break;
            case "audit-check":
                await app.PrepareAsync();
                Tell(await services.GetRequiredService<AuditCheck>().RunAsync(Noted(args), CancellationToken.None));
                break;
            case "verify":
                await KeyCommands.VerifyAsync(services);
                break;
            case "rotate-keys":
                await app.PrepareAsync();
                await KeyCommands.RotateAsync(services, RotationKinds.DataKeys);
                break;
            case "rotate-certificate":
                await app.PrepareAsync();
                await KeyCommands.RotateAsync(services, RotationKinds.Certificate);
                break;
        }

        return true;
    }

    private static void Tell(AuditReport report)
    {
        Console.WriteLine($"{report.Checked} audit entries were checked, {report.Waiting} wait for their place in the chain, {(report.Faults.Count == 0 ? "nothing is wrong" : $"{report.Faults.Count} faults")}.");
        foreach (var fault in report.Faults) Console.WriteLine(fault);
        if (report.End is { } end) Console.WriteLine($"The end, to be noted down where nobody who has the database can change it: {end}");
        if (report.Faults.Count > 0) Environment.ExitCode = 1;
    }

    private static void List(ConnectorCatalog catalog)
    {
        foreach (var connector in catalog.All) Console.WriteLine($"{connector.Provider,-28} {connector.Title}");
        Console.WriteLine($"{catalog.All.Count} connectors, {catalog.Problems.Count} problems.");
        foreach (var problem in catalog.Problems) Console.WriteLine(problem);
        if (catalog.Problems.Count > 0) Environment.ExitCode = 1;
    }
}
