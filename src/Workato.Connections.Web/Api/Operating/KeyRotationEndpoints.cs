using Microsoft.AspNetCore.Http.HttpResults;
using Workato.Connections.Operating;
using Workato.Connections.Privileges;
using Workato.Connections.Secrets;
using Workato.Connections.Web.Api.Documentation;
using Workato.Connections.Web.Authorization;

namespace Workato.Connections.Web.Api.Operating;

/// <summary>Rotating data keys and the certificate. Ours.</summary>
internal static class KeyRotationEndpoints
{
    public static void MapKeyRotations(this RouteGroupBuilder api)
    {
        var group = api.MapGroup("/key_rotations").WithTags("Workspace");
        group.MapGet("", ListAsync).Needs(Privilege.ReadSettings).WithSummary("List key rotations and keys").WithExample(response: Examples.KeyRotations)
            .WithDescription("The last rotations, youngest first, and every data key with the number of secrets sealed under it and the certificate it is wrapped by.");
        // It takes nothing from anybody and shows nothing to anybody: no more than a setting is changed.
        group.MapPost("", StartAsync).Needs(Privilege.UpdateSettings).WithSummary("Rotate the data keys or the certificate").ProducesProblem(400).ProducesProblem(409).WithExample(Examples.StartKeyRotation, Examples.KeyRotation)
            .WithDescription("kind is data_keys (a new key is in force at once, and everything is sealed anew under it) or certificate (every data key is wrapped by the certificate in force). It goes on in the background, on line. Refused while one of its kind goes on.");
    }

    private static async Task<Ok<KeyRotationsResponse>> ListAsync(KeyRotations rotations, KeyStock stock, CancellationToken cancel) => TypedResults.Ok(new KeyRotationsResponse(
        [.. (await rotations.ListAsync(cancel)).Select(KeyRotationResponse.From)], await stock.ListAsync(cancel), stock.CertificateInForce, stock.OtherCertificate));

    private static async Task<Results<Ok<KeyRotationResponse>, ProblemHttpResult>> StartAsync(KeyRotationBody body, KeyRotations rotations, CancellationToken cancel)
    {
        var started = await rotations.StartAsync(body.Kind ?? "", cancel);
        return started.Refusal is { } refusal ? (ProblemHttpResult)Problems.From(refusal) : TypedResults.Ok(KeyRotationResponse.From(started.Value!));
    }
}

/// <summary>What is to be rotated.</summary>
/// <param name="Kind"><c>data_keys</c> or <c>certificate</c>.</param>
internal sealed record KeyRotationBody(string? Kind);

/// <summary>Rotations, and the keys there are.</summary>
/// <param name="Rotations">The last ones, youngest first.</param>
/// <param name="Keys">Every data key.</param>
/// <param name="Certificate">The thumbprint of the certificate in force on the node that answers.</param>
/// <param name="OtherCertificate">That of the other certificate it has; null: none.</param>
internal sealed record KeyRotationsResponse(IReadOnlyList<KeyRotationResponse> Rotations, IReadOnlyList<KeyCount> Keys, string Certificate, string? OtherCertificate);

/// <summary>A rotation.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Kind"><c>data_keys</c> or <c>certificate</c>.</param>
/// <param name="Target">The new data key's id, or the new certificate's thumbprint.</param>
/// <param name="By">Who began it.</param>
/// <param name="StartedAt">When.</param>
/// <param name="FinishedAt">When nothing was left under what was before; null: it goes on.</param>
/// <param name="Done">How many secrets, or keys, are done.</param>
/// <param name="Total">How many there were when it began.</param>
/// <param name="Unreadable">How many could not be opened and stay as they are.</param>
internal sealed record KeyRotationResponse(int Id, string Kind, string Target, string? By, DateTimeOffset StartedAt, DateTimeOffset? FinishedAt, long Done, long Total, long Unreadable)
{
    public static KeyRotationResponse From(KeyRotation r) => new(r.Id, r.Kind, r.Target, r.By, r.StartedAt, r.FinishedAt, r.Done, r.Total, r.Unreadable);
}
