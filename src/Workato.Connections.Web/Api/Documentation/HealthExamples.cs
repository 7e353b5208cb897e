namespace Workato.Connections.Web.Api.Documentation;

/// <summary>The examples of how connections stand.</summary>
internal static class HealthExamples
{
    private const string Line = """{"id":7,"name":"Billing","provider":"stripe","connected_as":"bot@acme.example","authorized_at":"2026-01-31T08:00:00+00:00"}""";

    private const string Counts = """{"at":"2026-01-31T08:00:00+00:00","working":41,"in_trouble":0,"broken":1,"not_connected":2}""";

    private const string Incident = $$"""
        {"id":12,"provider":"stripe","host":null,"cause":"credentials_rejected","is_warning":false,"message":"Stripe did not accept the credentials (401 Unauthorized). ...",
         "evidence":"401 Unauthorized: Invalid API Key provided","opened_at":"2026-01-31T08:00:00+00:00","calm_since":null,"connection_count":1,
         "connections":[{{Line}}],"recipes":[{"id":3,"name":"Invoices","running":true}]}
        """;

    public const string Report = $$"""
        {"now":{{Counts}},"broken":[{{Incident}}],"about_to_break":[{{Incident}}],
         "stopped_recipes":[{"id":4,"name":"Month end","stopped_at":"2026-01-31T08:00:00+00:00","stop_reason":"5 jobs in a row failed at step 2. ...","connection_id":7}],
         "personal_accounts":[{{Line}}],"unused":[{{Line}}],"history":[{{Counts}}]}
        """;

    public const string Timeline = """
        {"items":[{"id":881,"at":"2026-01-31T08:00:00+00:00","kind":"lost","cause":"credentials_rejected","message":"Stripe did not accept the credentials (401 Unauthorized). ...",
          "evidence":"401 Unauthorized: Invalid API Key provided","by":null,"incident_id":12}],
         "days":[{"day":"2026-01-31","calls":1204,"rejections":2,"refreshes":24,"last_at":"2026-01-31T08:00:00+00:00"}],"has_more":false}
        """;
}
