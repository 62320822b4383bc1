using MigrationPortal.Inbox.Marks;
using MigrationPortal.Jobs;
using MigrationPortal.PoolPairs;
using MigrationPortal.Ui;

namespace MigrationPortal.Inbox;

/// <summary>Where a person's day starts: what needs them, of every feature.</summary>
internal static class InboxFeature
{
    public static IServiceCollection AddInbox(this IServiceCollection services) => services
        .AddSingleton<BatchDetails>()
        .AddSingleton<LiveReviews>()
        .AddSingleton<Submitters>()
        .AddSingleton<IInboxLines, ReviewLines>()
        .AddSingleton<IInboxLines, BatchLines>()
        .AddSingleton<IInboxLines, ApprovalLines>()
        .AddSingleton<IInboxLines, TroubleLines>()
        .AddSingleton<IInboxLines, AuditLines>()
        .AddSingleton<IInboxLines, FreezeLines>()
        .AddSingleton<IInboxLines, OperationLines>()
        .AddSingleton<IInboxLines, ThreadLines>()
        .AddSingleton<SettledItems>()
        .AddSingleton<InboxMarks>()
        .AddSingleton<ClaimItemHandler>()
        .AddSingleton<SnoozeItemHandler>()
        .AddSingleton<ExpireMarks>()
        .AddSingleton<IUnfinishedWork>(x => x.GetRequiredService<ExpireMarks>())
        .AddSingleton<IInboxLines, BreakGlassLines>()
        .AddSingleton<IInboxLines, AcceptanceLines>()
        .AddSingleton<InboxFile>()
        .AddSingleton<IInboxLines, ScheduleLines>()
        .AddSingleton<InboxQueries>();

    /// <summary>The inbox was called reviews: links in mails and bookmarks still lead to it.</summary>
    public static IEndpointRouteBuilder MapInbox(this IEndpointRouteBuilder app)
    {
        app.MapGet("/reviews", (string? pair) => TypedResults.LocalRedirect(Urls.Inbox(pair), permanent: true)).ExcludeFromDescription();
        return app;
    }
}
