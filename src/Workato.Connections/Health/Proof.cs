using Workato.Connections.Diagnosing;

namespace Workato.Connections.Health;

/// <summary>What a test request found out.</summary>
/// <param name="Status">What it means for the connection.</param>
/// <param name="Identity">As whom the app knows us, where it says so.</param>
/// <param name="Error">Why it is not a success, in words for a person.</param>
public sealed record Proof(AuthorizationStatus Status, string? Identity, string? Error)
{
    /// <summary>Whether the request was not even sent, because its address is not allowed.</summary>
    public bool AddressRefused { get; init; }

    /// <summary>Why it is not a success, one of <see cref="Causes"/>; null where it is one.</summary>
    public string? Cause { get; init; }

    /// <summary>What the app answered, without secrets; null where it is a success, or nothing was answered.</summary>
    public string? Evidence { get; init; }

    /// <summary>Whether the app said that the credentials are wrong, which newer ones may not be.</summary>
    public bool IsRejection { get; init; }

    /// <summary>The app accepted.</summary>
    public bool Succeeded => Status == AuthorizationStatus.Success;

    internal static Proof Success(string? identity) => new(AuthorizationStatus.Success, identity, null);

    /// <summary>Why it is not a success; null where it is one.</summary>
    public Diagnosis? Diagnosis => Error is null ? null : new(Cause ?? Causes.Unknown, Error, Evidence);

    internal static Proof Failed(Diagnosis why) => new(AuthorizationStatus.Failed, null, why.Words) { Cause = why.Cause, Evidence = why.Evidence };

    internal static Proof Exception(Diagnosis why) => new(AuthorizationStatus.Exception, null, why.Words) { Cause = why.Cause, Evidence = why.Evidence };
}
