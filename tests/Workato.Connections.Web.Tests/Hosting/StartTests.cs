using System.Diagnostics;
using Workato.Connections.Secrets;
using Workato.Connections.Tests.Support;

namespace Workato.Connections.Web.Tests.Hosting;

/// <summary>Wrong configuration stops the start with a sentence that says what to set, and without a stack trace.</summary>
public sealed class StartTests(PostgresCluster postgres) : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    private readonly string directory = Directory.CreateTempSubdirectory("connections-start-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Database__ConnectionString", "Host=127.0.0.1;Database=x", "KeyEncryption__CertificatePath is not set")]
    [InlineData("KeyEncryption__CertificatePath", "not-there.pfx", "not-there.pfx does not exist")]
    [InlineData("Bootstrap__ApiToken", "too-short", "Bootstrap__ApiToken must have 32 or more characters")]
    [InlineData("Egress__AllowedNetworks", "10.0.0.0/8, everything", "Egress__AllowedNetworks: 'everything' is not a network")]
    [InlineData("ForwardedHeaders__KnownNetworks", "10.0.0.0/99", "ForwardedHeaders__KnownNetworks: '10.0.0.0/99' is not a network")]
    [InlineData("SignIn__Authority", "https://login.example.com", "SignIn__ClientId is not set")]
    [InlineData("SignIn__Authority", "http://login.example.com", "SignIn__Authority must be the https address of your OpenID provider")]
    [InlineData("SignIn__Authority", "login.example.com", "SignIn__Authority must be the https address of your OpenID provider")]
    [InlineData("SignIn__ClientId", "connections", "SignIn__ClientId is set without SignIn__Authority")]
    [InlineData("Mail__Host", "smtp://mail.example.com", "Mail__Host must be the name or address of your mail server")]
    [InlineData("Mail__Host", "mail.example.com", "Mail__From is not set")]
    [InlineData("Mail__From", "connections@example.com", "Mail__From is set without Mail__Host")]
    [InlineData("PublicUrl", "connections.example.com", "PublicUrl must be the address people use")]
    [InlineData("Connectors__Directory", "not-there", "Connectors__Directory names not-there, which is not a directory")]
    public async Task A_wrong_setting_is_named(string setting, string value, string sentence) => ShouldRefuse(await RunAsync((setting, value)), sentence);

    [Theory]
    [InlineData("SignIn__Roles__Admin", "admins", "SignIn__Roles is set without SignIn__RolesClaim")]
    [InlineData("SignIn__RolesClaim", "groups", "SignIn__RolesClaim is set, but no role names a group")]
    [InlineData("SignIn__DefaultRole", "owner", "SignIn__DefaultRole must not be Owner")]
    [InlineData("SignIn__Scopes", "profile email", "SignIn__Scopes must contain openid")]
    public async Task A_wrong_setting_beside_a_sign_in_is_named(string setting, string value, string sentence) =>
        ShouldRefuse(await RunAsync(("SignIn__Authority", "https://login.example.com"), ("SignIn__ClientId", "connections"), (setting, value)), sentence);

    [Theory]
    [InlineData("Mail__From", "nobody", "Mail__From must be an e-mail address")]
    [InlineData("Mail__Port", "smtp", "Mail__Port must be a port such as 587")]
    [InlineData("Mail__Security", "ssl3", "Mail__Security must be auto, none, starttls or tls")]
    [InlineData("Mail__UserName", "connections", "Mail__UserName is set without Mail__Password")]
    [InlineData("Mail__Password", "secret", "Mail__Password is set without Mail__UserName")]
    public async Task A_wrong_setting_beside_a_mail_server_is_named(string setting, string value, string sentence) =>
        ShouldRefuse(await RunAsync(("Mail__Host", "mail.example.com"), ("Mail__From", "connections@example.com"), (setting, value)), sentence);

    [Fact]
    public async Task There_is_no_owner_link_where_people_sign_in_at_a_provider() =>
        ShouldRefuse(await CommandAsync(["owner-link"], ("SignIn__Authority", "https://login.example.com"), ("SignIn__ClientId", "connections")), "there is no owner link");

    [Fact]
    public async Task A_wrong_password_for_the_certificate_is_named()
    {
        var certificate = Path.Combine(directory, "a.pfx");
        KeyEncryptionCertificate.Create(certificate, new Secret("right"));

        ShouldRefuse(await RunAsync(("KeyEncryption__CertificatePath", certificate), ("KeyEncryption__CertificatePassword", "wrong")), "Check that it is a PKCS#12 file and that KeyEncryption__CertificatePassword is its password");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Another_certificate_than_the_one_in_use_is_refused_and_nothing_is_changed(bool onPostgres)
    {
        var (right, wrong) = (Path.Combine(directory, "right.pfx"), Path.Combine(directory, "wrong.pfx"));
        KeyEncryptionCertificate.Create(right, null);
        KeyEncryptionCertificate.Create(wrong, null);
        var database = ("Database__ConnectionString", onPostgres ? await postgres.CreateDatabaseAsync() : "");
        (await CommandAsync(["migrate"], database, ("KeyEncryption__CertificatePath", right))).Code.ShouldBe(0);

        ShouldRefuse(await RunAsync(database, ("KeyEncryption__CertificatePath", wrong)), "sealed under another certificate than the one given. Nothing was changed");

        (await CommandAsync(["migrate"], database, ("KeyEncryption__CertificatePath", right))).Code.ShouldBe(0);
    }

    [Fact]
    public async Task A_database_whose_certificate_is_gone_is_refused_instead_of_getting_a_new_one()
    {
        (await CommandAsync(["migrate"])).Code.ShouldBe(0);
        File.Delete(Path.Combine(directory, "key-encryption.pfx"));

        ShouldRefuse(await CommandAsync([]), "Put it back from your backup");

        File.Exists(Path.Combine(directory, "key-encryption.pfx")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_database_that_cannot_be_reached_is_named()
    {
        var certificate = Path.Combine(directory, "a.pfx");
        KeyEncryptionCertificate.Create(certificate, null);

        ShouldRefuse(
            await RunAsync(("Database__ConnectionString", "Host=127.0.0.1;Port=1;Database=x;Username=x;Password=hush"), ("KeyEncryption__CertificatePath", certificate)),
            "Check Database__ConnectionString");
    }

    [Fact]
    public async Task A_certificate_is_made_once_for_its_owner_alone()
    {
        var path = Path.Combine(directory, "made.pfx");

        var made = await CommandAsync(["make-certificate", path]);
        var again = await CommandAsync(["make-certificate", path]);

        made.Code.ShouldBe(0);
        (OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(path)).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        ShouldRefuse(again, "exists already and was not touched");
    }

    [Fact]
    public async Task The_audit_log_is_checked_and_faults_are_told_by_the_exit_code()
    {
        var fine = await CommandAsync(["audit-check"]);
        var missed = await CommandAsync(["audit-check", $"7:{new string('a', 64)}"]);
        var unclear = await CommandAsync(["audit-check", "7"]);

        fine.Code.ShouldBe(0, fine.Output + fine.Errors);
        fine.Output.ShouldContain("0 audit entries were checked, 0 wait for their place in the chain, nothing is wrong.");
        missed.Code.ShouldBe(1);
        missed.Output.Split('\n').ShouldContain($"the end that was noted down, 7:{new string('a', 64)}, is not in the chain any more");
        unclear.Code.ShouldBe(2);
        unclear.Errors.ShouldContain("SEQUENCE:HASH");
    }

    [Fact]
    public async Task A_command_that_there_is_not_is_answered_with_those_there_are()
    {
        var ended = await CommandAsync(["nonsense"]);

        ended.Code.ShouldBe(2);
        ended.Errors.ShouldContain("Commands: migrate, connectors, owner-link, make-certificate PATH, audit-check [SEQUENCE:HASH]");
    }

    public void Dispose() => Directory.Delete(directory, recursive: true);

    private static void ShouldRefuse((int Code, string Output, string Errors) ended, string sentence)
    {
        ended.Code.ShouldBe(1, ended.Output + ended.Errors);
        ended.Errors.ShouldContain(sentence);
        ended.Errors.Trim().Split('\n').Length.ShouldBe(1, ended.Errors);
        (ended.Output + ended.Errors).ShouldNotContain("   at ");
        (ended.Output + ended.Errors).ShouldNotContain("hush");
    }

    private Task<(int Code, string Output, string Errors)> RunAsync(params (string Name, string Value)[] settings) => CommandAsync([], settings);

    private async Task<(int Code, string Output, string Errors)> CommandAsync(string[] arguments, params (string Name, string Value)[] settings)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(Program).Assembly.Location, .. arguments]) { WorkingDirectory = directory, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        start.Environment["ASPNETCORE_URLS"] = "http://127.0.0.1:0";
        start.Environment["DataDirectory"] = directory;
        foreach (var (name, value) in settings) start.Environment[name] = value;

        using var process = Process.Start(start)!;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        limit.CancelAfter(Limit);
        try
        {
            var written = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(limit.Token), process.StandardError.ReadToEndAsync(limit.Token));
            await process.WaitForExitAsync(limit.Token);
            return (process.ExitCode, written[0], written[1]);
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }
}
