using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Workato.Connections.Data;
using Workato.Connections.Data.Work;
using Workato.Connections.Operating;
using Workato.Connections.Secrets;
using Workato.Connections.Web.Tests.Support;

namespace Workato.Connections.Web.Tests.Operating;

/// <summary>The commands about keys, run as an operator runs them, beside a server or without one.</summary>
public abstract class KeyCommandTests(Product product)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>What a process of its own is told of the product's database.</summary>
    private (string Name, string Value)[] Database => [.. product.Settings.Where(s => s.Key.StartsWith("Database:", StringComparison.Ordinal)).Select(s => (s.Key.Replace(":", "__", StringComparison.Ordinal), s.Value))];

    private string Certificate => product.Settings.GetValueOrDefault("KeyEncryption:CertificatePath") ?? Path.Combine(product.Directory, "key-encryption.pfx");

    private string Password => product.Settings.GetValueOrDefault("KeyEncryption:CertificatePassword") ?? "";

    [Fact]
    public async Task Data_keys_are_replaced_by_a_command_beside_a_server_whose_calls_go_on()
    {
        var made = await product.CreateAsync("sample_app", new { auth_type = "api_key", api_key = "sample-key-bot" });

        var (code, output) = await RunAsync("rotate-keys", Certificate);

        code.ShouldBe(0, output);
        output.ShouldContain("is in force. Everything is sealed anew under it.");
        output.ShouldContain("It has ended: ");
        output.ShouldContain(", 0 could not be opened.");
        output.ShouldContain(": 0 secrets, kept for what was sealed before");
        (await product.Api.ReadAsync($"/api/connections/{made["id"]}/call/api/me")).Ok();
    }

    [Fact]
    public async Task A_rotation_that_goes_on_is_joined_instead_of_begun_a_second_time()
    {
        await using var scope = product.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ConnectionsDbContext>();
        var inForce = (await scope.ServiceProvider.GetRequiredService<KeyStock>().ListAsync(Cancel)).Single(k => k.IsInForce);
        // Nobody works on it until the command says that it waits for its end.
        var rotation = new KeyRotation { Kind = RotationKinds.DataKeys, Target = inForce.Id.ToString(), By = "somebody", StartedAt = DateTimeOffset.UtcNow.AddHours(-1) };
        db.Add(rotation);
        await db.SaveChangesAsync(Cancel);
        var before = await RotationsAsync();

        var (code, output) = await RunAsync("rotate-keys", Certificate, onLine: async line =>
        {
            if (!line.Contains("A rotation of the data keys goes on since", StringComparison.Ordinal)) return;
            db.Add(new WorkItem { Kind = KeyRotations.Work, Subject = rotation.Id, DueAt = DateTimeOffset.UtcNow });
            await db.SaveChangesAsync(Cancel);
        });

        code.ShouldBe(0, output);
        output.ShouldContain("A rotation of the data keys goes on since");
        output.ShouldContain("It has ended: ");
        (await RotationsAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task The_certificate_is_changed_by_commands_and_the_old_one_opens_nothing_any_more()
    {
        await product.CreateAsync("sample_app", new { auth_type = "api_key", api_key = "sample-key-bot" });
        var (from, to) = (Certificate, Path.Combine(product.Directory, $"{Guid.NewGuid():N}.pfx"));
        (await ProductCommand.ProgramAsync("dotnet", [typeof(Program).Assembly.Location, "make-certificate", to], ("KeyEncryption__CertificatePassword", Password))).Code.ShouldBe(0);

        var (code, output) = await RunAsync("rotate-certificate", to, from);

        code.ShouldBe(0, output);
        output.ShouldContain("Every data key is wrapped anew by the certificate ");
        output.ShouldContain("0 could not be opened.");
        output.ShouldContain(", in force here");
        output.ShouldNotContain("the other certificate here");
        var alone = await RunAsync("verify", to);
        alone.Code.ShouldBe(0, alone.Output);
        alone.Output.ShouldContain("none cannot be opened.");
        var old = await RunAsync("verify", from);
        old.Code.ShouldBe(1, old.Output);
        // The others go on from here.
        (await RunAsync("rotate-certificate", from, to)).Code.ShouldBe(0);
    }

    [Theory]
    [InlineData("verify")]
    [InlineData("rotate-keys")]
    [InlineData("rotate-certificate")]
    public async Task With_another_certificate_a_command_says_what_to_set_and_changes_nothing(string command)
    {
        await product.CreateAsync("sample_app", new { auth_type = "api_key", api_key = "sample-key-bot" });
        var wrong = Path.Combine(product.Directory, $"{Guid.NewGuid():N}.pfx");
        KeyEncryptionCertificate.Create(wrong, Password.Length == 0 ? null : new Secret(Password));
        var before = await RotationsAsync();

        var (code, output) = await RunAsync(command, wrong);

        code.ShouldBe(1, output);
        output.ShouldContain("Set KeyEncryption__CertificatePath and KeyEncryption__CertificatePassword to the certificate");
        output.ShouldNotContain("   at ", customMessage: "a sentence, not a stack trace");
        (await RotationsAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task A_rotation_to_a_certificate_that_is_not_here_is_named_and_left_to_whoever_has_it()
    {
        await using var scope = product.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ConnectionsDbContext>();
        var rotation = new KeyRotation { Kind = RotationKinds.Certificate, Target = new string('A', 40), By = "somebody", StartedAt = DateTimeOffset.UtcNow };
        db.Add(rotation);
        await db.SaveChangesAsync(Cancel);

        var (code, output) = await RunAsync("rotate-certificate", Certificate);

        code.ShouldBe(1, output);
        output.ShouldContain($"A rotation to the certificate {rotation.Target} goes on, and this process does not have it. Set KeyEncryption__CertificatePath or KeyEncryption__OtherCertificatePath to it.");
        db.Remove(rotation);
        await db.SaveChangesAsync(Cancel);
    }

    private Task<(int Code, string Output)> RunAsync(string command, string certificate, string? other = null, Func<string, Task>? onLine = null) => ProductCommand.RunAsync(command, product.Directory, onLine,
    [
        .. Database, ("KeyEncryption__CertificatePath", certificate), ("KeyEncryption__CertificatePassword", Password),
        .. other is null ? Array.Empty<(string, string)>() : [("KeyEncryption__OtherCertificatePath", other), ("KeyEncryption__OtherCertificatePassword", Password)],
    ]);

    private async Task<int> RotationsAsync()
    {
        await using var scope = product.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<ConnectionsDbContext>().Set<KeyRotation>().CountAsync(Cancel);
    }
}

public sealed class KeyCommandsOnSqlite(ProductOnSqlite product) : KeyCommandTests(product), IClassFixture<ProductOnSqlite>;

public sealed class KeyCommandsOnPostgres(ProductOnPostgres product) : KeyCommandTests(product), IClassFixture<ProductOnPostgres>;
