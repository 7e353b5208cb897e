namespace Workato.Connections.SampleApp;

/// <summary>Endpoint metadata: where the app was mapped, so that its links and redirects lead back to itself.</summary>
internal sealed record MountPoint(string Prefix)
{
    /// <summary>The address of one of the app's own paths, as the client of this request has to write it.</summary>
    public static string Url(HttpContext context, string path)
    {
        var prefix = context.GetEndpoint()!.Metadata.GetRequiredMetadata<MountPoint>().Prefix.Trim('/');
        return context.Request.PathBase + (prefix.Length == 0 ? path : $"/{prefix}{path}");
    }

    /// <summary>The same with scheme and host.</summary>
    public static string Absolute(HttpContext context, string path) =>
        $"{context.Request.Scheme}://{context.Request.Host}{Url(context, path)}";
}
