using Workato.Connections.AuthMethods;
using Workato.Connections.Secrets;

namespace Workato.Connections.Tests.AuthMethods;

/// <summary>What holds for every authentication method. A new method gets a subclass and thereby all of these.</summary>
public abstract class AuthMethodContract
{
    /// <summary>The method.</summary>
    protected abstract IAuthMethod Method { get; }

    /// <summary>A placement the method is content with.</summary>
    protected abstract Placement Good { get; }

    /// <summary>Placements of which the method must say what is wrong.</summary>
    protected abstract IEnumerable<Placement> Nonsense { get; }

    /// <summary>Values for <see cref="Good"/>.</summary>
    protected abstract FieldValues Values { get; }

    /// <summary>A request on which the caller has already put other credentials in the same places.</summary>
    protected abstract HttpRequestMessage ForgedRequest { get; }

    /// <summary>All values a forged request carried.</summary>
    protected const string Forged = "forged";

    protected static FieldValues Given(params (string Name, string Value)[] secrets) =>
        new(new Dictionary<string, string>(), secrets.ToDictionary(s => s.Name, s => new Secret(s.Value)));

    protected static HttpRequestMessage Request(string url = "https://app.example/things") => new(HttpMethod.Get, url);

    [Fact]
    public void The_catalogue_finds_the_method_by_its_name() => AuthMethodCatalog.Find(Method.Name).ShouldBeOfType(Method.GetType());

    [Fact]
    public void Its_name_is_snake_case() => Method.Name.ShouldMatch("^[a-z][a-z0-9_]*$");

    [Fact]
    public void A_good_placement_is_accepted() => Method.Complaint(Good).ShouldBeNull();

    [Fact]
    public void A_nonsense_placement_is_refused() => Nonsense.Select(Method.Complaint).ShouldAllBe(complaint => complaint != null);

    [Fact]
    public void A_refusal_says_what_to_write() => Nonsense.Select(Method.Complaint).ShouldAllBe(complaint => complaint!.Contains(Method.Name, StringComparison.Ordinal));

    [Fact]
    public void Good_values_have_no_problems() => Method.Problems(Good, Values).ShouldBeEmpty();

    [Fact]
    public void Credentials_bound_once_are_the_same_on_every_request()
    {
        var credentials = Method.Bind(Good, Values);

        Put(credentials, Request()).ShouldBe(Put(credentials, Request()));
    }

    [Fact]
    public void Credentials_put_on_twice_stand_there_once()
    {
        var credentials = Method.Bind(Good, Values);
        using var request = Request();
        var once = Put(credentials, request);

        Put(credentials, request).ShouldBe(once);
    }

    [Fact]
    public void Many_threads_may_use_the_same_credentials()
    {
        var credentials = Method.Bind(Good, Values);

        var seen = Enumerable.Range(0, 1000).AsParallel().WithDegreeOfParallelism(4).Select(_ => Put(credentials, Request())).Distinct();

        seen.ShouldHaveSingleItem();
    }

    [Fact]
    public void What_the_caller_sent_under_the_same_names_is_replaced() => Put(Method.Bind(Good, Values), ForgedRequest).ShouldNotContain(Forged);

    [Fact]
    public void Path_and_query_of_the_caller_stay_as_written()
    {
        var credentials = Method.Bind(Good, Values);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("https://app.example/a%2Fb/%7Ec?q=x%20y&q=%2B", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));

        credentials.PutOn(request);

        request.RequestUri!.AbsoluteUri.ShouldStartWith("https://app.example/a%2Fb/%7Ec?q=x%20y&q=%2B");
    }

    [Fact]
    public void A_body_the_credentials_do_not_go_into_stays_as_it_is()
    {
        var body = "{\"a\":1}"u8.ToArray();
        using var request = new HttpRequestMessage(HttpMethod.Post, "https://app.example/things") { Content = new ByteArrayContent(body) };

        Method.Bind(Good, Values).PutOn(request, body).ToArray().ShouldBe(body);
    }

    [Fact]
    public void Nothing_is_learned_from_an_answer_that_says_yes()
    {
        using var response = new HttpResponseMessage { RequestMessage = Request() };

        Method.Bind(Good, Values).LearnFrom(response).ShouldBeFalse();
    }

    /// <summary>What is put on a request, without what must be another on each.</summary>
    protected virtual string Lasting(string put) => put;

    private string Put(IRequestCredentials credentials, HttpRequestMessage request)
    {
        credentials.PutOn(request);
        return Lasting(request.RequestUri!.AbsoluteUri + "\n" + request.Headers);
    }
}
