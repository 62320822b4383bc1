using MigrationPortal.Audit;
using MigrationPortal.Batches.Viewing;
using MigrationPortal.Jobs;
using MigrationPortal.Notices.Outbox;
using MigrationPortal.Runs;
using MigrationPortal.Runs.Starting;
using MigrationPortal.Ui;
using MigrationPortal.Ui.Values;
using MigrationPortal.Windows.Pausing;
using MigrationPortal.Windows.Scheduling;

namespace MigrationPortal.Windows;

/// <summary>When new pools may be written, and starts at a time.</summary>
internal static class WindowsFeature
{
    public static IServiceCollection AddWindows(this IServiceCollection services) => services
        .AddAdministrationPlace("windows", 4, "windows")
        .AddSingleton<WindowQueries>()
        .AddSingleton<SetWindowsHandler>()
        .AddSingleton<WindowText>()
        .AddSingleton<WindowsFile>()
        .AddSingleton<IAuditValues, WindowsInAudit>()
        .AddSingleton<IBatchHold, WindowHold>()
        .AddSingleton<ScheduleQueries>()
        .AddSingleton<ScheduleBatchHandler>()
        .AddSingleton<UnscheduleBatchHandler>()
        .AddSingleton<MissSchedule>()
        .AddSingleton<StartScheduledHandler>()
        .AddSingleton<DueSchedules>()
        .AddSingleton<IUnfinishedWork>(x => x.GetRequiredService<DueSchedules>())
        .AddSingleton<KeepToWindowsHandler>()
        .AddSingleton<RunsInWindows>()
        .AddSingleton<IUnfinishedWork>(x => x.GetRequiredService<RunsInWindows>())
        .AddNoticeKind(WindowNotices.Opens, [Role.Operator])
        .AddSingleton(DroppedSchedule.Told)
        .AddSingleton<INoticeAudience, ScheduleAudience>()
        .AddSingleton<ISettledNotices, SettledWindowNotices>()
        .AddSingleton<WindowNotices>()
        .AddSingleton<IUnfinishedWork>(x => x.GetRequiredService<WindowNotices>())
        .AddSingleton<IBatchViewPart, ReadSchedule>()
        .AddSingleton(new StartPart(typeof(SchedulePart)))
        .AddSingleton(new PoolPairs.Viewing.PairTab("windows", 4, typeof(Viewing.WindowsTab)))
        .AddRoleAction("Windows", [Role.Administrator], isScoped: false, "PUT /api/v1/windows/", "PUT /api/v1/pool-pairs/{pair}/windows/")
        .AddRoleAction("Schedule", [Role.Operator], isScoped: true, "POST /api/v1/batches/{id:long}/schedule", "POST /api/v1/batches/{id:long}/unschedule");

    public static IEndpointRouteBuilder MapWindows(this IEndpointRouteBuilder api)
    {
        WindowEndpoints.Map(api);
        ScheduleEndpoints.Map(api);
        return api;
    }
}
