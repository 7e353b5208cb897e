using System.Diagnostics;

namespace Workato.Connections.Web.Tests.Support.RealSoftware;

/// <summary>
/// Radicale, a calendar server with HTTP Basic sign-in. It has one user with one calendar. It speaks HTTP/1.0 and
/// closes every connection after one answer.
/// <list type="bullet">
/// <item><c>GET</c> <see cref="CalendarUri"/>: 200 for the user, 401 for a wrong password and for nobody.</item>
/// <item><c>PROPFIND /</c> for <c>current-user-principal</c>: 207 and who one is (<c>/alice/</c>), 401 otherwise.</item>
/// <item><c>GET /.web</c>: 200 even for nobody, 401 only for a wrong password. It proves no password.</item>
/// <item><c>GET /alice/</c>: 403 even for the user, since Radicale lists no directories.</item>
/// </list>
/// </summary>
internal sealed class RadicaleServer : IAsyncDisposable
{
    private readonly DirectoryInfo home;
    private readonly ServerProcess process;

    private RadicaleServer(DirectoryInfo home, ServerProcess process, Uri baseUri, string password) =>
        (this.home, this.process, BaseUri, Password) = (home, process, baseUri, password);

    public Uri BaseUri { get; }

    public Uri CalendarUri => new(BaseUri, $"{UserName}/calendar/");

    public string UserName { get; } = "alice";

    public string Password { get; private set; }

    public static async Task<RadicaleServer> StartAsync(CancellationToken cancellationToken)
    {
        var home = Directory.CreateTempSubdirectory("connections-radicale-");
        var baseUri = new Uri($"http://127.0.0.1:{LoopbackPort.Next()}/");
        var password = Guid.NewGuid().ToString("N");

        var calendar = home.CreateSubdirectory("collections/collection-root/alice/calendar");
        await File.WriteAllTextAsync($"{calendar}/.Radicale.props", """{"tag": "VCALENDAR"}""", cancellationToken);
        await File.WriteAllTextAsync($"{home}/users", $"alice:{password}\n", cancellationToken);
        await File.WriteAllTextAsync($"{home}/config", Configuration(home, baseUri), cancellationToken);

        var serve = new ProcessStartInfo("radicale", ["--config", $"{home}/config"]) { WorkingDirectory = home.FullName };
        var process = await ServerProcess.StartAsync(serve, baseUri, cancellationToken);
        return new RadicaleServer(home, process, baseUri, password);
    }

    /// <summary>From the next request on only the new password is right: Radicale reads its user file at every sign-in.</summary>
    public async Task ChangePasswordAsync(string newPassword, CancellationToken cancellationToken)
    {
        await File.WriteAllTextAsync($"{home}/users.new", $"{UserName}:{newPassword}\n", cancellationToken);
        File.Move($"{home}/users.new", $"{home}/users", overwrite: true);
        Password = newPassword;
    }

    public ValueTask DisposeAsync() => process.DisposeAsync();

    private static string Configuration(DirectoryInfo home, Uri baseUri) => $"""
        [server]
        hosts = {baseUri.Authority}
        [auth]
        type = htpasswd
        htpasswd_filename = {home}/users
        htpasswd_encryption = plain
        delay = 0
        [storage]
        filesystem_folder = {home}/collections
        [web]
        type = none

        """;
}
