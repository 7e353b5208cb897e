namespace Workato.Connections.SampleApp.SignIn.OAuth1;

/// <summary>How OAuth 1.0 servers answer: as a form (RFC 5849, 2.1).</summary>
internal static class FormAnswer
{
    public static IResult Write(IEnumerable<(string Name, string Value)> fields, int status = StatusCodes.Status200OK) => Results.Text(
        string.Join('&', fields.Select(field => $"{field.Name}={PercentEncoding.Encode(field.Value)}")), "application/x-www-form-urlencoded", statusCode: status);
}
