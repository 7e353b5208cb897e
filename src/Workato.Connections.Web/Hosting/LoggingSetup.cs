using Serilog;
using Serilog.Events;
using Serilog.Filters;

namespace Workato.Connections.Web.Hosting;

/// <summary>Sentences to the console. Never a query string: it is where careless clients put secrets.</summary>
internal static class LoggingSetup
{
    // What these write below a warning holds whole addresses and arguments, and with them one-time links and keys. Whatever
    // level an operator asks for, it stays unwritten.
    private static readonly string[] Indiscreet =
        ["Microsoft.AspNetCore.Hosting.Diagnostics", "Microsoft.AspNetCore.Mvc", "Microsoft.AspNetCore.Server.Kestrel.BadRequests", "Microsoft.AspNetCore.Authentication.OpenIdConnect", "Yarp"];

    public static void AddServerLogging(this WebApplicationBuilder builder) => builder.Services.AddSerilog((_, log) => log
        // Merely asked whether it may log, ASP.NET Core begins a log scope and an activity with every request. The request
        // log below says what there is to say; tracing, where somebody listens to it, does not depend on this.
        .MinimumLevel.Override("Microsoft.AspNetCore.Hosting.Diagnostics", LevelAlias.Off)
        .ReadFrom.Configuration(builder.Configuration)
        .Filter.ByExcluding(e => e.Level < LogEventLevel.Warning && Indiscreet.Any(source => Matching.FromSource(source)(e)))
        // The start is refused with a sentence that says the same without a stack.
        .Filter.ByExcluding(e => e.Exception is System.Security.Cryptography.CryptographicException && Matching.FromSource("Microsoft.AspNetCore.DataProtection")(e))
        .WriteTo.Console(formatProvider: System.Globalization.CultureInfo.InvariantCulture, outputTemplate: "{Timestamp:HH:mm:ss} {Level:u3} {Message:lj}{NewLine}{Exception}"),
        preserveStaticLogger: true);

    /// <summary>Failures are logged, ordinary requests only when somebody asks for it.</summary>
    public static void UseRequestLog(this WebApplication app) => app.UseMiddleware<RequestLog>();
}
