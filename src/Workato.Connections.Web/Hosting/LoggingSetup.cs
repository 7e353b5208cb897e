using Serilog;
using Serilog.Events;

namespace Workato.Connections.Web.Hosting;

/// <summary>Sentences to the console. Never a query string: it is where careless clients put secrets.</summary>
internal static class LoggingSetup
{
    public static void AddServerLogging(this WebApplicationBuilder builder) => builder.Services.AddSerilog((_, log) => log
        .ReadFrom.Configuration(builder.Configuration)
        .WriteTo.Console(formatProvider: System.Globalization.CultureInfo.InvariantCulture, outputTemplate: "{Timestamp:HH:mm:ss} {Level:u3} {Message:lj}{NewLine}{Exception}"));

    /// <summary>Failures are logged, ordinary requests only when somebody asks for it.</summary>
    public static void UseRequestLog(this WebApplication app) => app.UseSerilogRequestLogging(options =>
    {
        options.MessageTemplate = "{RequestMethod} {RequestPath} was answered {StatusCode} in {Elapsed:0} ms";
        options.GetLevel = (context, _, error) => error is not null || context.Response.StatusCode >= 500 ? LogEventLevel.Error : LogEventLevel.Debug;
    });
}
