using Microsoft.Extensions.Options;
using MigrationPortal.Audit;
using MigrationPortal.Audit.Anchors;
using MigrationPortal.Jobs;
using MigrationPortal.Notices.Bell;
using MigrationPortal.Notices.Deliveries;
using MigrationPortal.Notices.Mail;
using MigrationPortal.Notices.Outbox;
using MigrationPortal.Notices.Preferences;
using MigrationPortal.Notices.Webhooks;
using MigrationPortal.Ui;

namespace MigrationPortal.Notices;

/// <summary>
/// Tells people what happened: an outbox that the deeds fill, the bell, mail and webhooks. It knows nothing of migration; features register their kinds of
/// events and whom each concerns.
/// </summary>
internal static class NoticesFeature
{
    public static IServiceCollection AddNotices(this IServiceCollection services)
    {
        services.AddOptions<NotificationsOptions>().BindConfiguration(NotificationsOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<NotificationsOptions>, ValidateNotificationsOptions>();
        services.AddHealthChecks().AddCheck<MailHealth>("mail");
        services.AddOptions<WebhooksOptions>().BindConfiguration(WebhooksOptions.Section);
        services.AddAdministrationPlace("mail", 5, "mail").AddAdministrationPlace("webhooks", 5, "webhooks");
        return services.AddOutbox().AddMail().AddWebhooks().AddPreferences();
    }

    public static IEndpointRouteBuilder MapNotices(this IEndpointRouteBuilder api)
    {
        NotificationEndpoints.Map(api);
        PreferenceEndpoints.Map(api);
        DeliveryEndpoints.Map(api);
        WebhookEndpoints.Map(api);
        return api;
    }

    private static IServiceCollection AddMail(this IServiceCollection services) => services
        .AddNoticeKind(DeadMails.ChannelDead, [Role.Administrator])
        .AddSingleton<ChannelStates>()
        .AddSingleton<ChannelTroubles>()
        .AddSingleton<DeliveryClaims>()
        .AddSingleton<DeliveryWake>()
        .AddSingleton<DeliveryQueries>()
        .AddSingleton<DeliveriesFile>()
        .AddSingleton<RetryDeliveryHandler>()
        .AddSingleton<DueDeliveries>()
        .AddSingleton<IUnfinishedWork>(x => x.GetRequiredService<DueDeliveries>())
        .AddHostedService<DeliveryAlarm>()
        .AddSingleton<INoticeChannel, MailChannel>()
        .AddSingleton<DueLetters>()
        .AddSingleton<DeadMails>()
        .AddSingleton<MailWriter>()
        .AddSingleton<MailServer>()
        .AddSingleton<SendMailsHandler>()
        .AddSingleton<SendTestMailHandler>()
        .AddRoleAction("Deliveries", [Role.Administrator], isScoped: false, "GET /api/v1/deliveries/", "GET /api/v1/deliveries/export", "POST /api/v1/deliveries/test-mail", "POST /api/v1/deliveries/{id:long}/retry");

    private static IServiceCollection AddWebhooks(this IServiceCollection services) => services
        .AddSingleton<INoticeChannel, WebhookChannel>()
        .AddSingleton<WebhookSecrets>()
        .AddSingleton<WebhookClient>()
        .AddSingleton<WebhookQueries>()
        .AddSingleton<WebhooksFile>()
        .AddSingleton<SaveWebhookHandler>()
        .AddSingleton<IAuditValues, WebhooksInAudit>()
        .AddSingleton<ChangeWebhookHandler>()
        .AddSingleton<DeadWebhooks>()
        .AddSingleton<SendWebhooksHandler>()
        .AddRoleAction("Webhooks", [Role.Administrator], isScoped: false,
            "GET /api/v1/webhooks/", "GET /api/v1/webhooks/export", "POST /api/v1/webhooks/", "PUT /api/v1/webhooks/{id:long}", "DELETE /api/v1/webhooks/{id:long}",
            "POST /api/v1/webhooks/{id:long}/secret", "POST /api/v1/webhooks/{id:long}/test");

    private static IServiceCollection AddPreferences(this IServiceCollection services) => services
        .AddSingleton<SendDigests>()
        .AddSingleton<PreferenceQueries>()
        .AddSingleton<SetPreferencesHandler>();

    private static IServiceCollection AddOutbox(this IServiceCollection services) => services
        .AddSingleton<NoticeKinds>()
        .AddSingleton<NoticeAudiences>()
        .AddSingleton<NoticeStates>()
        .AddSingleton<NoticeOutbox>()
        .AddSingleton<HandOutEventsHandler>()
        .AddSingleton<IUnfinishedWork, WaitingEvents>()
        .AddSingleton<IUnfinishedWork, PruneNotices>()
        .AddNoticeKind(AuditNotices.Broken, [Role.Auditor, Role.Administrator], isMandatory: true)
        .AddSingleton<AuditNotices>()
        .AddSingleton<IUnfinishedWork>(x => x.GetRequiredService<AuditNotices>())
        .AddSingleton(new NoticeKind(AnchorNotices.Anchored, IsForPrograms: true))
        .AddSingleton<AnchorNotices>()
        .AddSingleton<IUnfinishedWork>(x => x.GetRequiredService<AnchorNotices>())
        .AddHostedService<NoticeWake>()
        .AddSingleton<NotificationQueries>()
        .AddSingleton<NotificationsFile>()
        .AddSingleton<ReadNotificationsHandler>();
}
