using Microsoft.AspNetCore.Mvc;
using Workato.Connections.Auditing;
using Workato.Connections.Calling;
using Workato.Connections.Egress;
using Yarp.ReverseProxy.Forwarder;
using Workato.Connections.Privileges;
using Workato.Connections.Web.Authorization;

namespace Workato.Connections.Web.Api.Calling;

/// <summary>Calls to an app through a connection: sent on with the credentials put on, the answer streamed back as it comes.</summary>
internal static class CallEndpoints
{
    private static readonly ForwarderRequestConfig Forwarding = new() { ActivityTimeout = TimeSpan.FromSeconds(100) };

    public static void MapCalls(this RouteGroupBuilder api) =>
        api.Map("/connections/{id:int}/call/{**path}", CallAsync).Needs(Privilege.UseConnections, Of.Connection).WithTags("Connections").WithSummary("Call the app through a connection")
            .WithDescription("Any method. Path, query, headers and body go on to the app as they are, under the connector's base URL; the credentials are put on. "
                + "The app's answer comes back as it is, with the header X-Answered-By: app. An answer without that header is ours.")
            .WithMetadata(new DisableRequestSizeLimitAttribute(), new SkipStatusCodePagesAttribute()) // The app's answer is the app's, also where it is bare.
            .ExcludeFromDescription(); // See CallDocument: no fixed methods, so nothing to describe by itself.

    private static async Task CallAsync(HttpContext context, int id, LiveConnections connections, AppHttp http, IHttpForwarder forwarder, CallTransformer transformer, CallAnswers answers, AuditTally tally, WhoActs who)
    {
        var found = await connections.GetAsync(id, context.RequestAborted);
        if (found.Refusal is { } refusal)
        {
            await Problems.From(refusal).ExecuteAsync(context);
            return;
        }

        if (found.Value!.User is { } user)
        {
            await Problems.From(new(RefusalKind.Forbidden, $"This connection is the own one of the user '{user}'. Only recipes that run on behalf of that user go through it.")).ExecuteAsync(context);
            return;
        }

        if (CallTarget.Of(context) is not { } target)
        {
            await Problems.Invalid("path", "must be a plain path behind /call/, without '.' and '..' segments").ExecuteAsync(context);
            return;
        }

        // The one object per request that the transformer, shared by all, finds its connection by.
        var call = new Call(found.Value!, target, RepeatableBody.Keep(context, found.Value!));
        context.Features.Set(call);
        var error = await ForwardAsync(call);
        if (call.Again is { } other)
        {
            RepeatableBody.Rewind(context);
            context.Response.Clear();
            call = new Call(other, target, CanRepeat: false);
            context.Features.Set(call);
            error = await ForwardAsync(call);
        }

        tally.Count(who.Actor, AuditEvents.ConnectionCalled, call.Connection.Audited, failed: error is not ForwarderError.None || context.Response.StatusCode >= 400);
        if (error is ForwarderError.Request or ForwarderError.RequestTimedOut) answers.Failed(call.Connection);
        if (error is ForwarderError.None || context.Response.HasStarted) return;
        await Answer(context, call.Connection, error).ExecuteAsync(context);

        ValueTask<ForwarderError> ForwardAsync(Call call) => forwarder.SendAsync(context, call.Connection.BaseUrl, http.Invoker, Forwarding, transformer);
    }

    private static IResult Answer(HttpContext context, ConnectionSnapshot connection, ForwarderError error)
    {
        var app = connection.Connector.Title;
        if (EgressRefusedException.In(context.GetForwarderErrorFeature()?.Exception) is { } refused) return Results.Problem(Problems.Of(502, refused.Message + "."));
        return Results.Problem(error switch
        {
            ForwarderError.RequestTimedOut => Problems.Of(504, $"{app} did not answer in time. Nothing is known to be wrong with the connection."),
            ForwarderError.RequestCanceled or ForwarderError.RequestBodyCanceled => Problems.Of(499, "The caller went away."),
            _ => Problems.Of(502, $"{app} could not be reached. Nothing is known to be wrong with the connection; try again later."),
        });
    }
}

/// <summary>One call: through which connection, and to what behind its base URL.</summary>
/// <param name="Connection">The connection.</param>
/// <param name="Target">Path and query.</param>
/// <param name="CanRepeat">Whether it may be sent once more, with other credentials.</param>
internal sealed record Call(ConnectionSnapshot Connection, string Target, bool CanRepeat)
{
    /// <summary>The same connection with new credentials, to send the call again with; the first answer is dropped.</summary>
    public ConnectionSnapshot? Again { get; set; }
}
