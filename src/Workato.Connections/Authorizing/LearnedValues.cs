using Workato.Connections.Answers;
using Workato.Connections.AuthMethods;
using Workato.Connections.AuthMethods.OAuth2;
using Workato.Connections.Egress;

namespace Workato.Connections.Authorizing;

/// <summary>Completes new tokens by what the app tells elsewhere than in the token answer: in the callback, or when asked.</summary>
public sealed class LearnedValues(AppHttp http, EgressRules egress, TimeProvider time)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    /// <summary>The tokens with all that their connector learns, or why not.</summary>
    public async Task<Result<Tokens>> CompleteAsync(OpenCredentials of, IReadOnlyDictionary<string, string> callback, CancellationToken cancel)
    {
        var learned = new Dictionary<string, string>(of.Tokens!.Learned);
        foreach (var each in of.Way.Placement.OAuth2?.Learn ?? [])
        {
            var known = of with { Tokens = of.Tokens with { Learned = learned } };
            var value = each.From switch
            {
                LearnedFrom.Callback => callback.GetValueOrDefault(each.At) ?? learned.GetValueOrDefault(each.Name),
                LearnedFrom.Request => learned.GetValueOrDefault(each.Name) ?? await AskAsync(known, each, cancel),
                _ => learned.GetValueOrDefault(each.Name),
            };
            if (value is null) return new Refusal(RefusalKind.Unproved, $"{of.Connector.Title} did not say what belongs into its addresses ({each.Name}). Connect again; if it stays like this, the account may lack access to what is asked for.");
            if (!LearnedRules.Fits(value, of.Way, each.Name, egress)) return new Refusal(RefusalKind.Unproved, $"{of.Connector.Title} said something that cannot stand in an address ({each.Name}). Nothing was stored.");
            learned[each.Name] = value;
        }

        return of.Tokens with { Learned = learned };
    }

    private async Task<string?> AskAsync(OpenCredentials of, Learned wanted, CancellationToken cancel)
    {
        if (!Uri.TryCreate(wanted.Url!.Fill(of.Values.Settings.GetValueOrDefault, Uri.EscapeDataString), UriKind.Absolute, out var address)) return null;
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.TryAddWithoutValidation("User-Agent", AppHttp.UserAgent);
        request.Headers.TryAddWithoutValidation("Accept", "application/json");
        await of.Bind().PutOnAsync(request, cancel);
        using var timeout = new CancellationTokenSource(Timeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancel, timeout.Token);
        try
        {
            using var response = await http.Invoker.SendAsync(request, both.Token);
            if (!response.IsSuccessStatusCode) return null;
            return (await AppAnswer.ReadAsync(response.Content, both.Token)).Text(wanted.At);
        }
        catch (Exception e) when (!cancel.IsCancellationRequested && e is OperationCanceledException or HttpRequestException or IOException)
        {
            return null;
        }
    }
}
