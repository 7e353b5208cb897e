using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Workato.Connections.Notices;
using Workato.Connections.Privileges;
using Workato.Connections.Web.Api.Connections;
using Workato.Connections.Web.Api.Documentation;
using Workato.Connections.Web.Authorization;

namespace Workato.Connections.Web.Api.Notices;

/// <summary>Notice channels: where notices of broken connections go. Workato has none over its API; these are ours, in its style.</summary>
internal static class NoticeEndpoints
{
    public static void MapNotices(this RouteGroupBuilder api)
    {
        var group = api.MapGroup("/notice_channels").WithTags("Notice channels");
        group.MapGet("", ListAsync).Needs(Privilege.ReadSettings).WithSummary("List notice channels")
            .WithDescription("Oldest first. Those that are told of projects beyond the caller's reach are not there.").WithExample(response: NoticeExamples.Channels);
        group.MapGet("/{id:int}", FindAsync).Needs(Privilege.ReadSettings).WithSummary("Get a notice channel").ProducesProblem(404).WithExample(response: NoticeExamples.ChannelData);
        group.MapPost("", CreateAsync).Needs(Privilege.UpdateSettings).WithSummary("Create a notice channel").ProducesProblem(400).ProducesProblem(403).WithExample(NoticeExamples.CreateChannel, NoticeExamples.ChannelMade)
            .WithDescription("Webhooks are signed as Standard Webhooks says; the secret is in data.signing_secret of this answer and is never shown again. E-mail needs a mail server in the server's settings.");
        group.MapPut("/{id:int}", UpdateAsync).Needs(Privilege.UpdateSettings).WithSummary("Update a notice channel").ProducesProblem(400).ProducesProblem(403).ProducesProblem(404).WithExample(NoticeExamples.UpdateChannel, NoticeExamples.ChannelData)
            .WithDescription("What is left out stays. active switches it off and on. What waits is tried at once with the new settings.");
        group.MapDelete("/{id:int}", DeleteAsync).Needs(Privilege.UpdateSettings).WithSummary("Delete a notice channel").ProducesProblem(404)
            .WithDescription("What waits for it is not sent any more.").WithExample(response: Examples.Success);
        group.MapPost("/{id:int}/test", TestAsync).Needs(Privilege.UpdateSettings).WithSummary("Send a trial message").ProducesProblem(404).WithExample(response: NoticeExamples.Trial)
            .WithDescription("At once and once, past quiet hours and everything that waits. The answer says what became of it.");
        group.MapPost("/{id:int}/regenerate_secret", RegenerateAsync).Needs(Privilege.UpdateSettings).WithSummary("Give a webhook a new secret").ProducesProblem(404).ProducesProblem(409).WithExample(response: NoticeExamples.ChannelMade)
            .WithDescription("Messages are signed with it from now on. It is in data.signing_secret of this answer and is never shown again.");
        group.MapGet("/{id:int}/deliveries", DeliveriesAsync).Needs(Privilege.ReadSettings).WithSummary("List what was sent to a channel").Produces<DataAnswer<IReadOnlyList<NoticeDeliveryResponse>>>().ProducesProblem(400).ProducesProblem(404)
            .WithDescription("Newest first. They are kept for 30 days after they arrived or were given up.").WithExample(response: NoticeExamples.Deliveries);
        group.MapPost("/{id:int}/deliveries/{deliveryId:long}/replay", ReplayAsync).Needs(Privilege.UpdateSettings).WithSummary("Send a message again").ProducesProblem(404).ProducesProblem(409).WithExample(response: NoticeExamples.Replayed)
            .WithDescription("The same message under the same id, whatever became of it before.");
    }

    private static async Task<Ok<DataAnswer<IReadOnlyList<NoticeChannelResponse>>>> ListAsync(NoticeChannels channels, CancellationToken cancel) =>
        TypedResults.Ok(new DataAnswer<IReadOnlyList<NoticeChannelResponse>>([.. (await channels.ListAsync(cancel)).Select(c => NoticeChannelResponse.From(c))]));

    private static async Task<Results<Ok<DataAnswer<NoticeChannelResponse>>, ProblemHttpResult>> FindAsync(int id, NoticeChannels channels, CancellationToken cancel) =>
        await channels.FindAsync(id, cancel) is { } found ? Answer(found) : Missing();

    private static async Task<Results<Ok<DataAnswer<NoticeChannelResponse>>, ProblemHttpResult>> CreateAsync(NoticeChannelBody body, NoticeChannels channels, HttpContext context, CancellationToken cancel) =>
        Show(await channels.CreateAsync(body.ToDraft(), cancel), context);

    private static async Task<Results<Ok<DataAnswer<NoticeChannelResponse>>, ProblemHttpResult>> UpdateAsync(int id, NoticeChannelBody body, NoticeChannels channels, CancellationToken cancel)
    {
        var changed = await channels.UpdateAsync(id, body.ToDraft(), cancel);
        return changed.Refusal is { } refusal ? Refused(refusal) : Answer(changed.Value!);
    }

    private static async Task<Results<Ok<SuccessAnswer>, ProblemHttpResult>> DeleteAsync(int id, NoticeChannels channels, CancellationToken cancel) =>
        (await channels.DeleteAsync(id, cancel)).Refusal is { } refusal ? Refused(refusal) : TypedResults.Ok(new SuccessAnswer());

    private static async Task<Results<Ok<DataAnswer<NoticeChannelResponse>>, ProblemHttpResult>> RegenerateAsync(int id, NoticeChannels channels, HttpContext context, CancellationToken cancel) =>
        Show(await channels.RegenerateSecretAsync(id, cancel), context);

    private static async Task<Results<Ok<DataAnswer<NoticeDeliveryResponse>>, ProblemHttpResult>> TestAsync(int id, NoticeDeliveries deliveries, CancellationToken cancel) =>
        Answer(await deliveries.TestAsync(id, cancel));

    private static async Task<Results<Ok<DataAnswer<NoticeDeliveryResponse>>, ProblemHttpResult>> ReplayAsync(int id, long deliveryId, NoticeDeliveries deliveries, CancellationToken cancel) =>
        Answer(await deliveries.ReplayAsync(id, deliveryId, cancel));

    private static async Task<IResult> DeliveriesAsync(
        int id, [FromQuery, Description("Only those before this id: the last of the page before.")] long? before, [FromQuery(Name = "per_page")] int? perPage,
        NoticeChannels channels, NoticeDeliveries deliveries, CancellationToken cancel)
    {
        var paging = new Paging(null, perPage);
        if (paging.Problem() is { } problem) return Problems.From(problem);
        if (await channels.FindAsync(id, cancel) is null) return Missing();
        var page = await deliveries.PageAsync(id, before, paging.Size, cancel);
        return Results.Ok(new DataAnswer<IReadOnlyList<NoticeDeliveryResponse>>([.. page.Items.Select(NoticeDeliveryResponse.From)]));
    }

    private static Ok<DataAnswer<NoticeChannelResponse>> Answer(NoticeChannel channel) => TypedResults.Ok(new DataAnswer<NoticeChannelResponse>(NoticeChannelResponse.From(channel)));

    private static Results<Ok<DataAnswer<NoticeDeliveryResponse>>, ProblemHttpResult> Answer(Result<NoticeDelivery> delivery) =>
        delivery.Refusal is { } refusal ? Refused(refusal) : TypedResults.Ok(new DataAnswer<NoticeDeliveryResponse>(NoticeDeliveryResponse.From(delivery.Value!)));

    // An answer that holds a secret: it is kept nowhere on its way.
    private static Results<Ok<DataAnswer<NoticeChannelResponse>>, ProblemHttpResult> Show(Result<MadeNoticeChannel> made, HttpContext context)
    {
        if (made.Refusal is { } refusal) return Refused(refusal);
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(new DataAnswer<NoticeChannelResponse>(NoticeChannelResponse.From(made.Value!.Channel, made.Value.Secret)));
    }

    private static ProblemHttpResult Missing() => Refused(Refusal.NotFound("Notice channel"));

    private static ProblemHttpResult Refused(Refusal refusal) => (ProblemHttpResult)Problems.From(refusal);
}
