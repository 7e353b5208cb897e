using Serilog;
using Serilog.Events;

namespace Workato.Connections.Web.Hosting;

/// <summary>Sentences to the console. Never a query string: it is where careless clients put secrets.</summary>
internal static class LoggingSetup
{
    public static void AddServerLogging(this WebApplicationBuilder builder) => builder.Services.AddSerilog((_, log) => log
        // Merely asked whether it may log, ASP.NET Core begins a log scope and an activity with every request. The request
        // log below says what there is to say; tracing, where somebody listens to it, does not depend on this.
        .MinimumLevel.Override("Microsoft.AspNetCore.Hosting.Diagnostics", LevelAlias.Off)
        .ReadFrom.Configuration(builder.Configuration)
        .WriteTo.Console(formatProvider: System.Globalization.CultureInfo.InvariantCulture, outputTemplate: "{Timestamp:HH:mm:ss} {Level:u3} {Message:lj}{NewLine}{Exception}"));

    public static void UseRequestLog(this WebApplication app) => app.UseMiddleware<RequestLog>();
}
