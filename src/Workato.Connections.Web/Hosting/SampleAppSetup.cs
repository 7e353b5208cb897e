using Workato.Connections.SampleApp;

namespace Workato.Connections.Web.Hosting;

/// <summary>The third-party app everyone can connect to, inside this server. Development only.</summary>
internal static class SampleAppSetup
{
    /// <summary>Where it is, under the public address.</summary>
    public const string Path = "/sample-app";

    public static void AddSampleAppInDevelopment(this WebApplicationBuilder builder)
    {
        if (builder.Environment.IsDevelopment()) builder.Services.AddSampleApp();
    }

    /// <summary>Fills in where the sample app is, so that a newcomer need not know.</summary>
    public static void PresetSampleAppAddress(this WebApplicationBuilder builder, ServerSettings settings)
    {
        const string Key = "Connectors:Settings:sample_app:url";
        if (settings.IsDevelopment) builder.Configuration[Key] ??= settings.AddressOf(Path);
    }

    public static void MapSampleAppInDevelopment(this WebApplication app)
    {
        if (app.Environment.IsDevelopment()) app.MapSampleApp(Path);
    }
}
