using System.Net.Sockets;
using System.Security.Authentication;
using Workato.Connections.Answers;
using Workato.Connections.Egress;

namespace Workato.Connections.Diagnosing;

/// <summary>What it means that no answer came: whose fault it was, and what to do.</summary>
internal static class NetworkFailure
{
    /// <summary>Of a failure of <see cref="AppHttp"/>.</summary>
    /// <param name="app">The app's name.</param>
    /// <param name="host">Who was asked.</param>
    /// <param name="failure">How it failed.</param>
    public static Diagnosis Of(string app, string host, Exception failure)
    {
        var all = Within(failure).ToList();
        if (EgressRefusedException.In(failure) is { } refused) return new(Causes.EgressRefused, refused.Message + ".", refused.Message + ".");
        if (all.OfType<CertificateRefusedException>().FirstOrDefault() is { } certificate) return Certificate(host, certificate);
        var http = all.OfType<HttpRequestException>().FirstOrDefault()?.HttpRequestError;
        var socket = all.OfType<SocketException>().FirstOrDefault();
        if (socket is not null && Socket(app, host, socket.SocketErrorCode) is { } known) return new(known.Cause, known.Words, $"{OneLine.Of(socket.Message)} ({socket.SocketErrorCode}, {host})");
        var told = OneLine.Of(all[^1].Message);
        return http switch
        {
            HttpRequestError.NameResolutionError => new(Causes.NameNotFound, NoHost(host), told),
            HttpRequestError.SecureConnectionError => new(Causes.TlsFailed, all.Any(e => e is AuthenticationException or IOException)
                ? $"No secure connection to {host} could be made: it does not answer as a server with encryption does. Check the address settings of the connection." : NotSecure(host), told),
            HttpRequestError.ConnectionError => all.Any(e => e is TimeoutException or OperationCanceledException)
                ? new(Causes.AppDown, $"{host} cannot be connected to: it does not answer at all. {app} is down, a firewall stands in between, or the address settings of the connection are wrong.", told)
                : new(Causes.AppDown, NoConnections(app, host), told),
            HttpRequestError.InvalidResponse => new(Causes.WrongAddress, $"Something at {host} answers that does not speak HTTP. Check the address settings of the connection.",
                // What .NET says of it repeats what was received, and that may repeat what was sent.
                "The answer does not begin as HTTP does."),
            _ when all.Any(e => e is TimeoutException) && http is null =>
                new(Causes.AppDown, $"{host} cannot be connected to: it does not answer at all. {app} is down, a firewall stands in between, or the address settings of the connection are wrong.", told),
            _ => new(Causes.AppDown, $"{host} broke off the answer. Test again later; nothing is known to be wrong with the connection.", told),
        };
    }

    /// <summary>Whether it failed before the app could have seen anything of the request.</summary>
    public static bool IsBeforeAsking(Exception failure) => EgressRefusedException.In(failure) is not null || Within(failure).Any(c =>
        // A timeout within is that of connecting: the one for the answer is our own and says nothing within.
        c is TimeoutException or HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError });

    private static (string Cause, string Words)? Socket(string app, string host, SocketError error) => error switch
    {
        // RFC 6761 section 6.4: there never is such a host, whatever a resolver that is out of reach would say.
        SocketError.TryAgain or SocketError.NoRecovery when !host.EndsWith(".invalid", StringComparison.OrdinalIgnoreCase) =>
            (Causes.OurNetwork, $"The name {host} could not be looked up: no name server answers for it. Look at the network of this server first; if other apps are reached from here, the name servers of {host} are in trouble. Nothing is known to be wrong with the connection."),
        SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain or SocketError.NoRecovery => (Causes.NameNotFound, NoHost(host)),
        SocketError.HostUnreachable or SocketError.HostDown =>
            (Causes.AppDown, $"Nothing answers at the address of {host}. {app} is down, or the address settings of the connection are wrong."),
        SocketError.NetworkUnreachable or SocketError.NetworkDown or SocketError.AccessDenied or SocketError.AddressNotAvailable =>
            (Causes.OurNetwork, $"There is no way from this server to {host}. Look at the network of this server; nothing is known to be wrong with {app} or the connection."),
        SocketError.ConnectionRefused => (Causes.AppDown, NoConnections(app, host)),
        SocketError.TimedOut => (Causes.AppDown, $"{host} cannot be connected to: it does not answer at all. {app} is down, a firewall stands in between, or the address settings of the connection are wrong."),
        _ => null,
    };

    private static Diagnosis Certificate(string host, CertificateRefusedException refused) => new(Causes.TlsFailed, refused.Problem switch
    {
        CertificateProblem.Expired => $"No secure connection to {host} could be made: its certificate has expired. Ask whoever runs it to renew it; if it is known to be good, look at the clock of this server.",
        CertificateProblem.NotYetValid => $"No secure connection to {host} could be made: its certificate is not valid yet. Look at the clock of this server first; if it is right, ask whoever runs {host}.",
        CertificateProblem.OtherName => $"No secure connection to {host} could be made: it shows the certificate of another host. Check the address settings of the connection.",
        CertificateProblem.Missing => $"No secure connection to {host} could be made: it shows no certificate. Ask whoever runs it.",
        _ => $"No secure connection to {host} could be made: this server trusts nobody who stands for its certificate. Ask an operator to install the authority that issued it, if it is your own.",
    }, OneLine.Of(refused.Message, 500));

    private static string NoHost(string host) => $"There is no host {host}. Check the address settings of the connection.";

    private static string NotSecure(string host) => $"No secure connection to {host} could be made. Ask whoever runs it to look at its certificate.";

    private static string NoConnections(string app, string host) => $"{host} does not accept connections. {app} is down, or the address settings of the connection are wrong.";

    private static IEnumerable<Exception> Within(Exception failure)
    {
        for (var cause = failure; cause is not null; cause = cause.InnerException) yield return cause;
    }
}
