using System.Net;
using System.Net.Sockets;
using Workato.Connections.Diagnosing;
using Workato.Connections.Health;

namespace Workato.Connections.Tests.Health;

/// <summary>Where there is no answer, or none that says anything.</summary>
public sealed partial class ConnectionTesterTests
{
    [Fact]
    public async Task An_app_that_does_not_answer_is_waited_for_half_a_minute()
    {
        var asked = new TaskCompletionSource();
        app.Answer = context =>
        {
            asked.SetResult();
            return Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        };

        var proving = ProveAsync();
        await asked.Task.WaitAsync(Cancel);
        time.Advance(ConnectionTester.Timeout);

        (await proving).ShouldBe(new Proof(AuthorizationStatus.Exception, null,
            "Test Desk did not answer within 30 seconds. Test again later; nothing is known to be wrong with the connection.") { Cause = Causes.AppDown, Evidence = "127.0.0.1 did not answer within 30 seconds." });
    }

    [Fact]
    public async Task A_caller_who_gives_up_is_not_told_that_the_app_is_slow()
    {
        using var gaveUp = new CancellationTokenSource();
        app.Answer = context =>
        {
            gaveUp.Cancel();
            return Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        };

        await Should.ThrowAsync<OperationCanceledException>(() => ProveAsync(cancel: gaveUp.Token));
    }

    [Fact]
    public async Task An_app_that_breaks_off_is_told_in_words()
    {
        app.Answer = context =>
        {
            context.Abort();
            return Task.CompletedTask;
        };

        (await ProveAsync()).ShouldBe(new Proof(AuthorizationStatus.Exception, null,
            "127.0.0.1 broke off the answer. Test again later; nothing is known to be wrong with the connection.") { Cause = Causes.AppDown, Evidence = "Connection reset by peer" });
    }

    [Fact]
    public async Task An_answer_that_is_no_HTTP_is_told_in_words()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var answered = Task.Run(async () =>
        {
            using var client = await listener.AcceptTcpClientAsync(Cancel);
            await client.GetStream().ReadExactlyAsync(new byte[16], Cancel);
            await client.GetStream().WriteAsync("SSH-2.0-OpenSSH_9.9\r\n\r\n"u8.ToArray(), Cancel);
        }, Cancel);

        var proof = await ProveAsync(url: $"http://{listener.LocalEndpoint}");

        proof.Status.ShouldBe(AuthorizationStatus.Exception);
        proof.Cause.ShouldBe(Causes.WrongAddress);
        proof.Error.ShouldNotBeNull().ShouldStartWith("Something at 127.0.0.1 answers that does not speak HTTP.");
        await answered;
    }

    [Fact]
    public async Task A_port_nobody_listens_at_is_told_in_words()
    {
        var url = app.Url;
        await app.DisposeAsync();

        (await ProveAsync(url: url)).ShouldBe(new Proof(AuthorizationStatus.Exception, null,
            "127.0.0.1 does not accept connections. Test Desk is down, or the address settings of the connection are wrong.") { Cause = Causes.AppDown, Evidence = "Connection refused (ConnectionRefused, 127.0.0.1)" });
    }

    [Fact]
    public async Task A_host_that_does_not_exist_is_told_in_words()
    {
        var proof = await ProveAsync(url: "https://desk.invalid");

        (proof.Status, proof.Cause, proof.Error).ShouldBe((AuthorizationStatus.Exception, Causes.NameNotFound, "There is no host desk.invalid. Check the address settings of the connection."));
    }

    [Fact]
    public async Task A_server_without_encryption_behind_https_is_told_in_words() =>
        (await ProveAsync(url: app.Url.Replace("http:", "https:", StringComparison.Ordinal))).Error.ShouldNotBeNull()
            .ShouldStartWith("No secure connection to 127.0.0.1 could be made");

    [Fact]
    public async Task An_address_inside_the_network_is_refused_rather_than_asked()
    {
        var proof = await ProveAsync(url: "https://10.0.0.1");

        proof.AddressRefused.ShouldBeTrue();
        proof.Error.ShouldBe("10.0.0.1 points inside the network; an operator can allow it with Egress__AllowedNetworks.");
    }

    [Fact]
    public async Task Settings_that_make_no_address_are_told_in_words() =>
        (await ProveAsync(url: "https://")).ShouldBe(new Proof(AuthorizationStatus.Exception, null,
            "The settings of the connection make no valid address of Test Desk. Check them and save them again.") { Cause = Causes.WrongAddress, Evidence = null });
}
