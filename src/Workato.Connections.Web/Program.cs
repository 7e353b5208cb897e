using Serilog;
using Workato.Connections;
using Workato.Connections.Web.Api;
using Workato.Connections.Web.Authorization;
using Workato.Connections.Web.Hardening;
using Workato.Connections.Web.Hosting;
using Workato.Connections.Web.Pages;
using Workato.Connections.Web.SignIn;

try
{
    if (Commands.RunsWithoutServer(args)) return Commands.Run(args);

    var builder = WebApplication.CreateBuilder(args);
    var settings = ServerSettings.Read(builder);
    builder.AddServerLogging();
    builder.AddTelemetry();
    builder.AddProduct(settings);
    builder.AddServerAuthentication(settings);
    builder.AddApi();
    builder.AddPages(settings);
    builder.AddHardening(settings);
    builder.AddSampleAppInDevelopment();

    var app = builder.Build();
    if (await app.RunCommandAsync(args)) return Environment.ExitCode;
    await app.PrepareAsync();

    app.UseErrorAnswers();
    app.UsePublicAddress(settings);
    app.UseRequestLog();
    app.UseRouting();
    app.UseHardening(settings);
    app.UseAuthentication();
    app.UseCaller();
    app.UseAuthorization();
    app.MapApi();
    app.MapPages();
    app.MapSampleAppInDevelopment();
    await app.RunAsync();
    return 0;
}
catch (StartRefusedException refused)
{
    await Console.Error.WriteLineAsync(refused.Message);
    return 1;
}
finally
{
    await Log.CloseAndFlushAsync();
}
