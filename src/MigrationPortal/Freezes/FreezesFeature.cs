using MigrationPortal.Jobs;
using MigrationPortal.Notices.Outbox;
using MigrationPortal.Runs;
using MigrationPortal.Runs.Starting;
using MigrationPortal.Ui;

namespace MigrationPortal.Freezes;

/// <summary>The switch that stops new starts, for all pool pairs or for one.</summary>
internal static class FreezesFeature
{
    public static IServiceCollection AddFreezes(this IServiceCollection services) => services
        .AddAdministrationPlace("freeze", 4, "freeze")
        .AddSingleton<FreezeQueries>()
        .AddSingleton<PauseFrozen>()
        .AddSingleton<SetFreezeHandler>()
        .AddSingleton<IBatchHold, FreezeHold>()
        .AddNoticeKind(SetFreezeHandler.Notice, WorkingRoles.All, isMandatory: true)
        .AddNoticeKind(FreezeReminders.Over, [Role.Operator, Role.Administrator])
        .AddSingleton<FreezeReminders>()
        .AddSingleton<IUnfinishedWork>(x => x.GetRequiredService<FreezeReminders>())
        .AddRoleAction("Freeze", [Role.Operator, Role.Administrator], isScoped: false, "PUT /api/v1/freeze", "DELETE /api/v1/freeze");

    public static IEndpointRouteBuilder MapFreezes(this IEndpointRouteBuilder api)
    {
        FreezeEndpoints.Map(api);
        return api;
    }
}
