namespace Workato.Connections.Data;

/// <summary>A page of a list.</summary>
/// <param name="Items">What is on it.</param>
/// <param name="HasMore">Whether there is another page behind it.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, bool HasMore);
