using Microsoft.Extensions.Options;
using MigrationPortal.Batches;
using MigrationPortal.Batches.Planning;
using MigrationPortal.Batches.Viewing;
using MigrationPortal.Batches.Viewing.BatchRooms;
using MigrationPortal.Jobs;
using MigrationPortal.Rooms.Deciding;
using MigrationPortal.Runs.Limiting;
using MigrationPortal.Runs.Starting;
using MigrationPortal.Runs.Steering;
using MigrationPortal.Runs.Viewing;
using MigrationPortal.Runs.Watching;
using MigrationPortal.Runs.Working;
using MigrationPortal.Ui;

namespace MigrationPortal.Runs;

internal static class RunsFeature
{
    public static IServiceCollection AddRuns(this IServiceCollection services)
    {
        services.AddOptions<RunsOptions>().BindConfiguration(RunsOptions.Section).ValidateOnStart();
        return services
            .AddSingleton<IValidateOptions<RunsOptions>, ValidateRunsOptions>()
            .AddSingleton<RunQueries>()
            .AddSingleton<TransferQueries>()
            .AddSingleton<RunPictures>()
            .AddSingleton<RunTroubles>()
            .AddSingleton<RunsNow>()
            .AddSingleton(new PoolPairs.Viewing.PairTab("limits", 5, typeof(Viewing.LimitsTab)))
            .AddSingleton<RunTransitions>()
            .AddRunNotices()
            .AddSingleton<Exporting.RunsFile>()
            .AddSingleton<Exporting.TransfersFile>()
            .AddSingleton<SourcePlan>()
            .AddSingleton<CreateRun>()
            .AddSingleton<StartRunHandler>()
            .AddSingleton<PauseRunHandler>()
            .AddSingleton<ResumeRunHandler>()
            .AddSingleton<CancelRunHandler>()
            .AddSingleton<ThrottleRunHandler>()
            .AddSingleton<Limiting.RunLimitQueries>()
            .AddSingleton<Limiting.SetRunLimitsHandler>()
            .AddSingleton<RunStore>()
            .AddSingleton<RunMetrics>()
            .AddSingleton<RoomWork>()
            .AddSingleton<RunAttempt>()
            .AddSingleton<PlanAtTurn>()
            .AddSingleton<WritersOfPool>()
            .AddSingleton<RunWork>()
            .AddSingleton<RunBatch>()
            .AddSingleton<IUnfinishedWork, UnfinishedRuns>()
            .AddSingleton<RunFeed>()
            .AddSingleton<StallCauses>()
            .AddSingleton<IBatchFigures, FiguresOfBatches>()
            .AddSingleton<IBatchRoomFacet, TransferFacet>()
            .AddSingleton<IBatchRoomFacet, GradeFacet>()
            .AddSingleton<IOwnWork, OwnWork>()
            .AddSingleton<IWrittenRooms, WrittenRooms>()
            .AddSingleton<IPlanUse, PlansOfRuns>()
            .AddSingleton<StartParts>()
            .AddSingleton<RunRoomsActions>()
            .AddSingleton(new BatchTab("run", typeof(BatchRunTab)))
            .AddSingleton(new NextStep(view => view.Batch.State is BatchState.Approved or BatchState.Scheduled, typeof(StartCard)))
            .AddLink("run", (id, pair) => Urls.WithPair($"/runs/{id}", pair))
            .AddRoleAction("Limits", [Role.Administrator], isScoped: true, "PUT /api/v1/pool-pairs/{pair}/limits/")
            .AddRoleAction("Run", [Role.Operator], isScoped: true,
                "POST /api/v1/batches/{batchId:long}/start",
                "POST /api/v1/batches/{batchId:long}/pause",
                "POST /api/v1/batches/{batchId:long}/resume",
                "POST /api/v1/batches/{batchId:long}/throttle",
                "POST /api/v1/batches/{batchId:long}/cancel");
    }

    public static IEndpointRouteBuilder MapRunHub(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapHub<ProgressHub>("/hubs/progress");
        return endpoints;
    }

    public static IEndpointRouteBuilder MapRuns(this IEndpointRouteBuilder api)
    {
        api.MapRunApi();
        api.MapRunLimits();
        return api;
    }
}
