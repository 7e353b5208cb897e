using Workato.Connections.Connectors;

namespace Workato.Connections.Web.Api.Connectors;

/// <summary>Workato's envelope of some lists.</summary>
internal sealed record ItemsAnswer<T>(IReadOnlyList<T> Items);

/// <summary>Workato's envelope of other lists.</summary>
internal sealed record ResultAnswer<T>(IReadOnlyList<T> Result);

/// <summary>A page of connectors.</summary>
internal sealed record IntegrationPage(IReadOnlyList<IntegrationResponse> Items, int Count, int Page, int PerPage);

/// <summary>A connector, in Workato's shape.</summary>
internal sealed record IntegrationResponse(
    string Name, string Title, string Description, IReadOnlyList<string> Categories, bool Oauth, bool Deprecated, bool Secondary,
    IReadOnlyList<OperationResponse> Triggers, IReadOnlyList<OperationResponse> Actions)
{
    public static IntegrationResponse From(Connector c) => new(
        c.Provider, c.Title, c.Description, c.Categories, Oauth: c.Ways.Any(w => w.Placement.UsesTokens), Deprecated: false, c.HasSecondary,
        [.. c.Operations.Where(o => o.NewRecords is not null).Select(o => new OperationResponse(o.Name, o.NewRecords!.Title, false, false, false))],
        [.. c.Operations.Select(o => new OperationResponse(o.Name, o.Title, false, false, false))]);
}

/// <summary>A trigger or action, in Workato's shape.</summary>
internal sealed record OperationResponse(string Name, string Title, bool Deprecated, bool Bulk, bool Batch);

/// <summary>A connector with all that is asked for when connecting it.</summary>
internal sealed record IntegrationDetail(
    string Name, string Title, string Description, IReadOnlyList<string> Categories, Uri? Docs, string? ChooseBy, IReadOnlyList<SignInWayResponse> SignIn, string Guide)
{
    public static IntegrationDetail From(Connector c) => new(
        c.Provider, c.Title, c.Description, c.Categories, c.Docs, c.ChooseBy,
        [.. c.Ways.Select(w => new SignInWayResponse(w.Name, w.Title, w.Method.Name, [.. c.FieldsFor(w).Select(FieldResponse.From)]))], c.Guide);
}

/// <summary>A way to sign in.</summary>
internal sealed record SignInWayResponse(string Name, string Title, string Method, IReadOnlyList<FieldResponse> Input);

/// <summary>A field, in the words of Workato's input schema.</summary>
internal sealed record FieldResponse(
    string Name, string Label, string? Hint, string ControlType, bool Optional, bool Secret, string? Default, IReadOnlyList<string[]>? Options)
{
    public static FieldResponse From(ConnectorField f) => new(
        f.Name, f.Label, f.Hint, f.Control, !f.Required, f.Secret, f.Default, f.Options.Count == 0 ? null : [.. f.Options.Select(o => new[] { o.Label, o.Value })]);
}
