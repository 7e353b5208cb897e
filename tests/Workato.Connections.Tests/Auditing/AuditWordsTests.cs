using Workato.Connections.Auditing;

namespace Workato.Connections.Tests.Auditing;

/// <summary>What entries say to people.</summary>
public sealed class AuditWordsTests
{
    public static TheoryData<string> Events => [.. AuditEvents.All];

    [Theory]
    [MemberData(nameof(Events))]
    public void Every_event_has_words_of_its_own(string @event) => AuditWords.Activity(Entry(@event)).ShouldNotContain('_');

    [Theory]
    [MemberData(nameof(Events))]
    public void Every_event_has_a_name_to_choose_it_by(string @event) => AuditWords.Choice(@event).ShouldNotBeNullOrWhiteSpace();

    [Fact]
    public void Every_kind_of_thing_has_a_name() => AuditedTypes.All.ShouldAllBe(t => AuditWords.Kind(t) != t);

    [Fact]
    public void An_entry_is_a_sentence()
    {
        AuditWords.Activity(Entry(AuditEvents.ConnectionSecretReplaced)).ShouldBe("replaced the secret of connection 'Billing'");
        AuditWords.Activity(Entry(AuditEvents.ConnectionCalled, count: 1203)).ShouldBe("called the app through connection 'Billing', 1,203 times");
        AuditWords.Activity(Entry(AuditEvents.SignedIn)).ShouldBe("signed in");
    }

    private static AuditEntry Entry(string @event, int count = 1) =>
        new() { At = default, Event = @event, ResourceType = AuditedTypes.Connection, ResourceId = 7, ResourceName = "Billing", ActorKind = ActorKind.Member, ActorName = "Anna", Count = count };
}
