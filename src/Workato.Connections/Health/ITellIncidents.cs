namespace Workato.Connections.Health;

/// <summary>Takes the news of incidents to people and systems.</summary>
public interface ITellIncidents
{
    /// <summary>Puts into what is saved next, in the transaction of the news itself, whatever has to be sent because of it.</summary>
    Task TellAsync(Incident incident, IncidentNews news, CancellationToken cancel);
}

/// <summary>What is new about an incident.</summary>
public enum IncidentNews
{
    /// <summary>It began, and did not pass by itself.</summary>
    Opened,

    /// <summary>More connections are concerned, after it was told. Whoever was not told of it, because none of theirs was, is to hear of it now.</summary>
    Joined,

    /// <summary>It is over. Told only of what was told before.</summary>
    Resolved,
}
