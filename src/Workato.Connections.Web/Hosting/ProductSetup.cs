using Microsoft.AspNetCore.HttpOverrides;
using Workato.Connections.Egress;
using Workato.Connections.Connectors;
using Workato.Connections.Notices;
using Workato.Connections.Secrets;
using Workato.Connections.Web.Hosting.Checking;

namespace Workato.Connections.Web.Hosting;

/// <summary>Puts the library and its surroundings together from the settings.</summary>
internal static partial class ProductSetup
{
    private const string EmbeddedCertificate = "key-encryption.pfx";

    public static void AddProduct(this WebApplicationBuilder builder, ServerSettings settings)
    {
        CreatePrivate(settings.DataDirectory);
        builder.PresetSampleAppAddress(settings);
        var catalog = ConnectorCatalog.Load(settings.ConnectorsDirectory, (provider, field) => builder.Configuration[$"Connectors:Settings:{provider}:{field}"]);
        Uri[] ownOrigins = settings.IsDevelopment ? [settings.PublicUrl] : [];
        builder.Services.AddSingleton(settings).AddSingleton(new NoticeOptions { PublicUrl = settings.PublicUrl, Mail = settings.Mail });
        builder.Services.AddConnections(
            settings.Database, settings.DataDirectory, Certificate(settings), catalog, new EgressRules(settings.AllowedNetworks, ownOrigins),
            settings.KeyEncryption.OtherCertificatePath is { } other ? KeyEncryptionCertificate.LoadOther(other, settings.KeyEncryption.OtherCertificatePassword) : null);
    }

    /// <summary>Migrates, checks the key ring, makes what must be there, and says which connector files were refused.</summary>
    public static async Task PrepareAsync(this WebApplication app)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var settings = app.Services.GetRequiredService<ServerSettings>();
        try
        {
            await scope.ServiceProvider.GetRequiredService<WorkspaceSetup>().PrepareAsync(settings.BootstrapToken, CancellationToken.None);
        }
        catch (System.Data.Common.DbException e)
        {
            throw new StartRefusedException(settings.IsEmbedded
                ? $"The database in {settings.DataDirectory} cannot be used: {e.Message}. Check DataDirectory."
                : $"The database cannot be used: {e.Message}. Check Database__ConnectionString and that the server is up.");
        }

        foreach (var problem in app.Services.GetRequiredService<ConnectorCatalog>().Problems) LogRefused(app.Logger, problem);
    }

    /// <summary>Believes forwarded headers only from the networks an operator named.</summary>
    public static void UsePublicAddress(this WebApplication app, ServerSettings settings)
    {
        if (settings.KnownProxies.Count == 0) return;
        app.Use(Arrival.KeepAsync);
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.All & ~ForwardedHeaders.XForwardedPrefix, ForwardLimit = null };
        options.KnownIPNetworks.Clear();
        options.KnownProxies.Clear();
        foreach (var network in settings.KnownProxies) options.KnownIPNetworks.Add(network);
        app.UseForwardedHeaders(options);
    }

    // Database, certificate and key ring are nobody else's to read.
    private static void CreatePrivate(string directory)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(directory);
        else Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private static System.Security.Cryptography.X509Certificates.X509Certificate2 Certificate(ServerSettings settings)
    {
        var (path, password) = (settings.KeyEncryption.CertificatePath, settings.KeyEncryption.CertificatePassword);
        if (path is not null) return KeyEncryptionCertificate.Load(path, password);
        if (!settings.IsEmbedded || Environment.GetEnvironmentVariable("DOTNET_RUNNING_IN_CONTAINER") == "true")
        {
            throw new StartRefusedException(
                "KeyEncryption__CertificatePath is not set. With PostgreSQL or in a container the certificate that protects all credentials must be kept by you, outside the database. "
                + "Make one with: dotnet run --project src/Workato.Connections.Web -- make-certificate key-encryption.pfx");
        }

        path = Path.Combine(settings.DataDirectory, EmbeddedCertificate);
        if (!File.Exists(path) && File.Exists(Path.Combine(settings.DataDirectory, Data.DatabaseSetup.SqliteFile)))
            throw new StartRefusedException($"{path} is missing beside a database whose credentials it protects. Put it back from your backup.");
        if (!File.Exists(path)) KeyEncryptionCertificate.Create(path, password: null);
        return KeyEncryptionCertificate.Load(path, password: null);
    }

    [LoggerMessage(LogLevel.Error, "A connector file was refused, its app is not offered: {Problem}")]
    private static partial void LogRefused(ILogger log, ConnectorProblem problem);
}
