using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Workato.Connections.Data;
using Workato.Connections.Data.Work;
using Workato.Connections.Health;

namespace Workato.Connections.Notices;

/// <summary>Registers notices.</summary>
internal static class NoticesSetup
{
    public static IServiceCollection AddNotices(this IServiceCollection services)
    {
        services.TryAddSingleton(new NoticeOptions());
        services.AddScoped<ITellIncidents, IncidentNotices>().AddScoped<NoticeChannels>().AddScoped<NoticeDeliveries>().AddScoped<NoticeSending>();
        services.AddSingleton<INoticeSender, WebhookSender>().AddSingleton<INoticeSender, EmailSender>().AddSingleton<IWorker, NoticeWorker>();
        return services.AddRetention<NoticeRetention>();
    }
}
