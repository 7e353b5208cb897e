using System.Text;
using Workato.Connections.Answers;
using Workato.Connections.AuthMethods;
using Workato.Connections.Authorizing;
using Workato.Connections.Connectors;
using Workato.Connections.Diagnosing;
using Workato.Connections.Egress;

namespace Workato.Connections.Health;

/// <summary>Proves credentials by the connector's test request, before anything is stored.</summary>
public sealed class ConnectionTester(AppHttp http, TimeProvider time)
{
    /// <summary>How long an app may take to answer.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    /// <summary>Asks the app. Never throws for anything the app or the network does.</summary>
    /// <param name="connector">The app.</param>
    /// <param name="way">How one signs in.</param>
    /// <param name="values">What is put on the request.</param>
    /// <param name="cancel">Stops waiting for the app.</param>
    /// <param name="granted">The permissions the app says it gave; null where it does not say.</param>
    public async Task<Proof> ProveAsync(Connector connector, SignInWay way, FieldValues values, CancellationToken cancel, string? granted = null)
    {
        var path = way.Test.Path.Fill(values.Settings.GetValueOrDefault, EscapePath);
        if (!Uri.TryCreate(connector.BaseUrlFor(way, values.Settings) + path, UriKind.Absolute, out var address))
            return Proof.Exception(new(Causes.WrongAddress, $"The settings of the connection make no valid address of {connector.Title}. Check them and save them again.", null));

        var credentials = way.Method.Bind(way.Placement, values);
        using var timeout = new CancellationTokenSource(Timeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancel, timeout.Token);
        try
        {
            using var response = await AskAsync(credentials, way.Test, address, both.Token);
            var body = await AppAnswer.ReadAsync(response.Content, both.Token);
            var answered = Answered.OfTest(connector.Title, new Redaction(values, response.RequestMessage), response, body) with
            {
                Host = address.Host,
                UsesTokens = way.Placement.UsesTokens,
                IsRejection = connector.RejectedWith.Contains((int)response.StatusCode),
                Now = time.GetUtcNow(),
                NotGranted = way.Placement.OAuth2 is { } terms ? Scopes.Missing(string.Join(' ', Scopes.Asked(terms, values.Settings)), granted) : [],
            };
            return Judge(connector, way.Test, answered, response, body);
        }
        catch (OperationCanceledException e) when (!cancel.IsCancellationRequested)
        {
            // The timeout within is that of connecting.
            return e.InnerException is TimeoutException ? Unreachable(connector, address.Host, e) : Proof.Exception(new(
                Causes.AppDown, $"{connector.Title} did not answer within {Timeout.TotalSeconds:0} seconds. Test again later; nothing is known to be wrong with the connection.", $"{address.Host} did not answer within {Timeout.TotalSeconds:0} seconds."));
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

    private static Proof Judge(Connector connector, TestRequest test, Answered answered, HttpResponseMessage response, AppAnswer body)
    {
        var (app, status, said, redaction) = (connector.Title, answered.Status!.Value, answered.Said, answered.Redaction);
        if (answered.IsRejection)
        {
            // Some say with the same status that they are asked too often, or that a clock is wrong.
            var rejected = Diagnostician.Of(answered, connector.Diagnosis, Words.Rejected(app, status, said), Causes.CredentialsRejected);
            return Causes.PassesByItself(rejected.Cause) ? Proof.Exception(rejected) : Proof.Failed(rejected) with { IsRejection = true };
        }

        if (test.Accept.Contains(status)) return Accepted(connector, test, answered, response, body);

        var (words, cause) = status switch
        {
            401 => (Words.Rejected(app, status, said), Causes.CredentialsRejected),
            403 => (Words.Forbidden(app, status, said), Causes.PermissionMissing),
            404 or 410 => (Words.WrongAddress(app, status, answered.Host!), Causes.WrongAddress),
            429 => (Words.InTrouble(app, status), Causes.Throttled),
            >= 500 => (Words.InTrouble(app, status), Causes.AppDown),
            >= 300 and < 400 => (Words.Redirected(app, response.Headers.Location is { IsAbsoluteUri: true } to ? redaction.Clean(to.Host) : null), Causes.WrongAddress),
            _ => (Words.Unexpected(app, status, said), Causes.Unknown),
        };
        var why = Diagnostician.Of(answered, connector.Diagnosis, words, cause);
        return status is 429 or >= 500 or (>= 300 and < 400) || Causes.PassesByItself(why.Cause) ? Proof.Exception(why) : Proof.Failed(why);
    }

    private static Proof Accepted(Connector connector, TestRequest test, Answered answered, HttpResponseMessage response, AppAnswer body)
    {
        // Some say 200 to everything, and what it was in the body.
        if (Diagnostician.Own(answered, connector.Diagnosis) is { } known)
            return Causes.PassesByItself(known.Cause) ? Proof.Exception(known) : Proof.Failed(known) with { IsRejection = known.Cause is Causes.CredentialsRejected or Causes.TokenRevoked or Causes.PermissionExpired };
        if (test.Identity.Count == 0 || body.IsJson || answered.Status == 204) return Proof.Success(body.Identity(test.Identity, answered.Redaction));
        // A sign-in page says 200 too.
        var words = Words.NotTheApi(connector.Title, answered.Redaction.Clean(response.Content.Headers.ContentType?.MediaType));
        return Proof.Exception(new(Causes.WrongAddress, words, Evidence.Of(answered, [])));
    }

    // Nothing is wrong with the credentials.

    private static Proof Unreachable(Connector connector, string host, Exception e)
    {
        var why = NetworkFailure.Of(connector.Title, host, e);
        return Proof.Exception(why) with { AddressRefused = why.Cause == Causes.EgressRefused };
    }
}
