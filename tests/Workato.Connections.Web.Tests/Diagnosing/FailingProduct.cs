using Workato.Connections.Web.Tests.Interop;
using Workato.Connections.Web.Tests.Support;
using Workato.Connections.Web.Tests.Support.RealSoftware;

namespace Workato.Connections.Web.Tests.Diagnosing;

/// <summary>The product with connectors for everything that fails, and beside it an OpenID provider that knows another callback address.</summary>
public sealed class FailingProduct : ProductOnSqlite
{
    internal static OidcConnector Program { get; } = new("oidc_program", OidcClient.Basic()) { IsProgram = true };

    internal static OidcConnector Pushing { get; } = new("oidc_pushing", OidcClient.Pushing()) { Pushes = true };

    internal OidcProvider Provider { get; private set; } = null!;

    /// <summary>Where the operator's connector files are.</summary>
    public string Connectors => Settings["Connectors:Directory"];

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Provider.DisposeAsync();
    }

    protected override async Task ConfigureDatabaseAsync(Dictionary<string, string> settings)
    {
        await base.ConfigureDatabaseAsync(settings);
        Provider = await OidcProvider.StartAsync("http://127.0.0.1:9/elsewhere", Program.Client, Pushing.Client);
        settings["Connectors:Directory"] = System.IO.Directory.CreateDirectory(Path.Combine(Directory, "connectors")).FullName;
        // The kernel knows no way to the second: as cut off as it gets.
        settings["Egress:AllowedNetworks"] = "127.0.0.0/8,224.0.0.0/4";
        foreach (var file in System.IO.Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "failing")).Append(Path.Combine(AppContext.BaseDirectory, "connectors", "oauthlib.yaml")))
            File.Copy(file, Path.Combine(Connectors, Path.GetFileName(file)));
        foreach (var connector in new[] { Program, Pushing }) await File.WriteAllTextAsync(Path.Combine(Connectors, $"{connector.Provider}.yaml"), connector.File(Provider.Url));
    }
}
