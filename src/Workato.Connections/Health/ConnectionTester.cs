using System.Text;
using Workato.Connections.Answers;
using Workato.Connections.AuthMethods;
using Workato.Connections.Connectors;
using Workato.Connections.Egress;

namespace Workato.Connections.Health;

/// <summary>Proves credentials by the connector's test request, before anything is stored.</summary>
public sealed class ConnectionTester(AppHttp http, TimeProvider time)
{
    /// <summary>How long an app may take to answer.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    /// <summary>Asks the app. Never throws for anything the app or the network does.</summary>
    public async Task<Proof> ProveAsync(Connector connector, SignInWay way, FieldValues values, CancellationToken cancel)
    {
        var path = way.Test.Path.Fill(values.Settings.GetValueOrDefault, EscapePath);
        if (!Uri.TryCreate(connector.BaseUrlFor(way, values.Settings) + path, UriKind.Absolute, out var address))
            return Proof.Exception($"The settings of the connection make no valid address of {connector.Title}. Check them and save them again.");

        var credentials = way.Method.Bind(way.Placement, values);
        using var timeout = new CancellationTokenSource(Timeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancel, timeout.Token);
        try
        {
            using var response = await AskAsync(credentials, way.Test, address, both.Token);
            var answer = await AppAnswer.ReadAsync(response.Content, both.Token);
            return Judge(connector, way.Test, new Redaction(values, response.RequestMessage), response, answer, address.Host);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return Proof.Exception($"{connector.Title} did not answer within {Timeout.TotalSeconds:0} seconds. Test again later; nothing is known to be wrong with the connection.");
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return Unreachable(connector, address.Host, e);
        }
    }

    // Twice where the first answer teaches something: that the app's clock is another than ours.
    private async Task<HttpResponseMessage> AskAsync(IRequestCredentials credentials, TestRequest test, Uri address, CancellationToken cancel)
    {
        for (var isFirst = true; ; isFirst = false)
        {
            using var request = await RequestAsync(credentials, test, address, cancel);
            var response = await http.Invoker.SendAsync(request, cancel);
            if (!isFirst || !credentials.LearnFrom(response)) return response;
            response.Dispose();
        }
    }

    private static async Task<HttpRequestMessage> RequestAsync(IRequestCredentials credentials, TestRequest test, Uri address, CancellationToken cancel)
    {
        var request = new HttpRequestMessage(test.Method, address);
        request.Headers.TryAddWithoutValidation("User-Agent", AppHttp.UserAgent);
        request.Headers.TryAddWithoutValidation("Accept", "application/json");
        if (test.Body is { } body) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        new FixedCredentials { Headers = [.. test.Headers] }.PutOn(request);
        await credentials.PutOnAsync(request, cancel);
        return request;
    }

    // A setting may hold several segments, users/me; nothing in it may become a query.
    private static string EscapePath(string value) => string.Join('/', value.TrimStart('/').Split('/').Select(Uri.EscapeDataString));

    private static Proof Judge(Connector connector, TestRequest test, Redaction redaction, HttpResponseMessage response, AppAnswer answer, string host)
    {
        var (app, status) = (connector.Title, (int)response.StatusCode);
        var said = answer.Said(redaction);
        if (connector.RejectedWith.Contains(status)) return Proof.Failed(Words.Rejected(app, status, said)) with { IsRejection = true };
        if (test.Accept.Contains(status))
        {
            // A sign-in page says 200 too.
            return test.Identity.Count > 0 && !answer.IsJson && status != 204
                ? Proof.Exception(Words.NotTheApi(app, redaction.Clean(response.Content.Headers.ContentType?.MediaType)))
                : Proof.Success(answer.Identity(test.Identity, redaction));
        }

        return status switch
        {
            401 => Proof.Failed(Words.Rejected(app, status, said)),
            403 => Proof.Failed(Words.Forbidden(app, status, said)),
            404 or 410 => Proof.Failed(Words.WrongAddress(app, status, host)),
            429 or >= 500 => Proof.Exception(Words.InTrouble(app, status)),
            >= 300 and < 400 => Proof.Exception(Words.Redirected(app, response.Headers.Location is { IsAbsoluteUri: true } to ? redaction.Clean(to.Host) : null)),
            _ => Proof.Failed(Words.Unexpected(app, status, said)),
        };
    }

    private static Proof Unreachable(Connector connector, string host, Exception e)
    {
        if (EgressRefusedException.In(e) is { } refused) return Proof.Exception(refused.Message + ".") with { AddressRefused = true };
        return Proof.Exception((e as HttpRequestException)?.HttpRequestError switch
        {
            HttpRequestError.NameResolutionError => $"There is no host {host}. Check the address settings of the connection.",
            HttpRequestError.SecureConnectionError => $"No secure connection to {host} could be made: its certificate is expired, for another name, or not trusted here.",
            HttpRequestError.ConnectionError => $"{host} does not accept connections. {connector.Title} is down, or the address settings of the connection are wrong.",
            _ => $"{host} broke off the answer. Test again later; nothing is known to be wrong with the connection.",
        });
    }
}
