namespace Workato.Connections.Web.Api.Documentation;

/// <summary>The examples of notice channels.</summary>
internal static class NoticeExamples
{
    public const string CreateChannel = """
        {"kind":"webhook","name":"Operations","address":"https://hooks.acme.example/connections","all_projects":true,"with_warnings":true,
         "quiet_hours":{"from":"22:00","to":"07:00","time_zone":"Europe/Berlin"}}
        """;

    public const string UpdateChannel = """{"name":"Operations, by day","quiet_hours":null,"active":true}""";

    public const string ChannelData = """{"data":{""" + Facts + "}}";

    public const string ChannelMade = """{"data":{""" + Facts + ""","signing_secret":"whsec_..."}}""";

    public const string Channels = """{"data":[{""" + Facts + "}]}";

    public const string Trial = """
        {"data":{"id":12,"event":"test","state":"arrived","message_id":"msg_8c1f0d2e5b7a49c3d6e8f1a2b3c4d5e6","incident_id":null,"connection_id":null,"title":"A trial message from Connections",
         "attempts":1,"problem":null,"created_at":"2026-01-31T08:00:00+00:00","due_at":null,"sent_at":"2026-01-31T08:00:00+00:00","given_up_at":null}}
        """;

    public const string Replayed = """{"data":{""" + Waiting + "}}";

    public const string Deliveries = """{"data":[{""" + Waiting + "}]}";

    private const string Waiting = """
        "id":11,"event":"incident.opened","state":"waiting","message_id":"msg_1f4a7c9e2b5d8f60a3c6e9b2d5f8a1c4","incident_id":5,"connection_id":7,"title":"Zendesk Prod needs to be connected again",
        "attempts":0,"problem":"The receiver answered 503.","created_at":"2026-01-31T08:00:00+00:00","due_at":"2026-01-31T08:00:00+00:00","sent_at":null,"given_up_at":null
        """;

    private const string Facts = """
        "id":2,"kind":"webhook","name":"Operations","address":"https://hooks.acme.example/connections","all_projects":true,"project_ids":[],"with_warnings":true,
        "quiet_hours":{"from":"22:00","to":"07:00","time_zone":"Europe/Berlin"},"active":true,"stopped_at":null,"failing_since":null,"problem":null,
        "created_at":"2026-01-31T08:00:00+00:00","updated_at":"2026-01-31T08:00:00+00:00"
        """;
}
