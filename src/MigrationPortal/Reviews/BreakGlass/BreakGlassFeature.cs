using MigrationPortal.Batches;
using MigrationPortal.Batches.Editing;
using MigrationPortal.Batches.Viewing;
using MigrationPortal.Notices.Outbox;

namespace MigrationPortal.Reviews.BreakGlass;

/// <summary>Starts that cannot wait for approvals; off unless a pool pair's policy allows them.</summary>
internal static class BreakGlassFeature
{
    public static IServiceCollection AddBreakGlass(this IServiceCollection services) => services
        .AddSingleton<AskBreakGlassHandler>()
        .AddSingleton<WithdrawBreakGlassHandler>()
        .AddSingleton<ConfirmBreakGlassHandler>()
        .AddSingleton<ReviewBreakGlassHandler>()
        .AddSingleton<BreakGlassQueries>()
        .AddSingleton<BreakGlassWindows>()
        .AddSingleton<IBatchDependent, BreakGlassOfBatches>()
        .AddSingleton<IBatchFigures, BreakGlassOfRows>()
        .AddSingleton<IBatchViewPart, ReadBreakGlass>()
        .AddSingleton(new BatchMark(typeof(BreakGlassMark)))
        .AddSingleton(new BatchCard(typeof(BreakGlassCard)))
        .AddNoticeKind(BreakGlassEvents.Notice, [Role.Approver, Role.Operator, Role.Auditor, Role.Administrator], isMandatory: true)
        .AddBatchNotice(BreakGlassEvents.Notice, null, BreakGlassEvents.Asked, BreakGlassEvents.Withdrawn, BreakGlassEvents.Confirmed, BreakGlassEvents.Justified, BreakGlassEvents.NotJustified)
        .AddRoleAction("BreakGlassAsk", [Role.Operator], isScoped: true, "POST /api/v1/batches/{id:long}/break-glass")
        .AddRoleAction("BreakGlassWithdraw", [Role.Operator], isScoped: false, "POST /api/v1/break-glass/{id:long}/withdraw")
        .AddRoleAction("BreakGlassConfirm", ConfirmBreakGlassHandler.Roles, isScoped: false, "POST /api/v1/break-glass/{id:long}/confirm")
        .AddRoleAction("BreakGlassReview", [Role.Auditor], isScoped: false, "POST /api/v1/break-glass/{id:long}/review");
}
