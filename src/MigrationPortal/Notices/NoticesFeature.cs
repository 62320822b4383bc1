using MigrationPortal.Jobs;
using MigrationPortal.Notices.Bell;
using MigrationPortal.Notices.Outbox;

namespace MigrationPortal.Notices;

/// <summary>
/// Tells people what happened: an outbox that the deeds fill, and the bell. It knows nothing of migration; features register their kinds of
/// events and whom each concerns.
/// </summary>
internal static class NoticesFeature
{
    public static IServiceCollection AddNotices(this IServiceCollection services) => services
        .AddSingleton<NoticeKinds>()
        .AddSingleton<NoticeAudiences>()
        .AddSingleton<NoticeOutbox>()
        .AddSingleton<HandOutEventsHandler>()
        .AddSingleton<IUnfinishedWork, WaitingEvents>()
        .AddSingleton<IUnfinishedWork, PruneNotices>()
        .AddHostedService<NoticeWake>()
        .AddSingleton<NotificationQueries>()
        .AddSingleton<ReadNotificationsHandler>();

    public static IEndpointRouteBuilder MapNotices(this IEndpointRouteBuilder api)
    {
        NotificationEndpoints.Map(api);
        return api;
    }
}
