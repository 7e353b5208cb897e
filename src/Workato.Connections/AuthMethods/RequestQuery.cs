namespace Workato.Connections.AuthMethods;

/// <summary>Changes the query of an address that somebody else wrote, and nothing but what must be changed.</summary>
internal static class RequestQuery
{
    /// <summary>The query without its question mark.</summary>
    public static string Of(Uri uri) => uri.Query.Length < 2 ? "" : uri.Query[1..];

    /// <summary>The address with another query. Path and query go on as they were written: canonicalizing would change %2F, which apps tell apart from a slash.</summary>
    public static Uri Replace(Uri uri, string query) => new(
        uri.GetLeftPart(UriPartial.Authority) + uri.AbsolutePath + (query.Length == 0 ? "" : "?" + query),
        new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
}
