namespace Workato.Connections.SampleApp;

/// <summary>
/// The sample app alone, without the product. Internal and in a namespace, because the SDK would make a
/// top-level Program public and it would collide with that of the web host this is mounted in.
/// </summary>
internal static class Program
{
    private static void Main(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddSampleApp();

        // The framework's line per request would carry every ?api_key= into the console.
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);

        var app = builder.Build();
        app.MapSampleApp("");
        app.Run();
    }
}
