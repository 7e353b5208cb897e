namespace Workato.Connections.Web.Api;

/// <summary>What Workato answers under <c>data</c>.</summary>
internal sealed record DataAnswer<T>(T Data);
