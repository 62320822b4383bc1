using MigrationPortal.Audit;
using MigrationPortal.Batches.Api;
using MigrationPortal.Batches.Editing;
using MigrationPortal.Batches.Exporting;
using MigrationPortal.Batches.Importing;
using MigrationPortal.Batches.Planning;
using MigrationPortal.Batches.Viewing;
using MigrationPortal.Batches.Viewing.BatchRooms;
using MigrationPortal.Batches.Viewing.Deciding;
using MigrationPortal.Batches.Viewing.Edits;
using MigrationPortal.Batches.Viewing.Since;
using MigrationPortal.Files;
using MigrationPortal.Notices.Outbox;
using MigrationPortal.People;
using MigrationPortal.PoolPairs;
using MigrationPortal.Rooms;
using MigrationPortal.Rooms.Scanning;
using MigrationPortal.Ui;

namespace MigrationPortal.Batches;

/// <summary>Rooms that move together: made, edited, planned, checked, submitted.</summary>
internal static class BatchesFeature
{
    public static IServiceCollection AddBatches(this IServiceCollection services) => services
        .AddSingleton<BatchTimeline>()
        .AddSingleton<BatchNotices>()
        .AddSingleton<IBatchFigures, RoomSums>()
        .AddSingleton<INoticeState, StatesOfBatches>()
        .AddSingleton<BatchRefusals>()
        .AddSingleton<BatchEdits>()
        .AddSingleton<CreateBatchHandler>()
        .AddSingleton<AddRoomsHandler>()
        .AddSingleton<JudgeRoomsHandler>()
        .AddSingleton<JudgedRowsFile>()
        .AddSingleton<ImportRoomsHandler>()
        .AddSingleton<RemoveRoomsHandler>()
        .AddSingleton<RenameBatchHandler>()
        .AddSingleton<EditOptionsHandler>()
        .AddSingleton<SetNewNameHandler>()
        .AddSingleton<SetCategoryNameHandler>()
        .AddSingleton<BatchCategoryQueries>()
        .AddSingleton<Rooms.Scanning.IChosenNames, ChosenNames>()
        .AddSingleton<EditBatchHandler>()
        .AddSingleton<DeleteBatchHandler>()
        .AddSingleton<AcknowledgeFindingsHandler>()
        .AddSingleton<AcknowledgeRuleHandler>()
        .AddSingleton<IAuditValues, RulesInAudit>()
        .AddSingleton<StorePlan>()
        .AddSingleton<PlanRequests>()
        .AddSingleton<PlanBatchHandler>()
        .AddSingleton<IAfterScan, ReplanBatches>()
        .AddSingleton<IAfterPairOptions, ReplanBatches>()
        .AddSingleton<PoolPairs.Keeping.IPairWork, WorkOfPair>()
        .AddSingleton<PoolPairs.Viewing.IOpenBatches, OpenBatchesOfPair>()
        .AddSingleton<BatchQueries>()
        .AddSingleton<BatchRoomQueries>()
        .AddBatchFiles()
        .AddSingleton<TimelineQueries>()
        .AddSingleton<FindingQueries>()
        .AddSingleton<RightChangeQueries>()
        .AddSingleton<PlanQueries>()
        .AddSingleton<PlanDifference>()
        .AddSingleton<RoomMatches>()
        .AddSingleton<BatchViewQueries>()
        .AddSingleton<SinceQueries>()
        .AddSingleton<MarkSeenHandler>()
        .AddSingleton<IPlanUse, PlansThatWereSeen>()
        .AddSingleton<SinceText>()
        .AddScoped<ConflictRows>()
        .AddScoped<PageEdits>()
        .AddSingleton<BatchTabs>()
        .AddSingleton<BatchCards>()
        .AddSingleton<BatchMarks>()
        .AddSingleton<FallenBack>()
        .AddSingleton<EditNoteSenders>()
        .AddSingleton<NextSteps>()
        .AddSingleton<IRoomBatches, BatchesOfRooms>()
        .AddSingleton<IPlannedRights, PlannedRights>()
        .AddSingleton<IFileBatches, BatchesWithFiles>()
        .AddLink("gains", (id, pair) => Urls.WithPair($"/batches/{id}?tab=gains", pair))
        .AddLink("batch", (id, pair) => Urls.WithPair($"/batches/{id}", pair))
        .AddRoleAction("Plan", [Role.Planner], isScoped: true,
            "POST /api/v1/batches/",
            "PATCH /api/v1/batches/{id:long}",
            "DELETE /api/v1/batches/{id:long}",
            "POST /api/v1/batches/{id:long}/rooms/import",
            "POST /api/v1/batches/{id:long}/findings/{findingId:long}/acknowledge", "POST /api/v1/batches/{id:long}/acknowledge");

    public static IEndpointRouteBuilder MapBatches(this IEndpointRouteBuilder api)
    {
        var batches = api.MapGroup("batches").WithTags("Batches");
        BatchEndpoints.Map(batches);
        PlanEndpoints.Map(batches);
        SinceEndpoints.Map(batches);
        ExportEndpoints.Map(batches);
        ImportEndpoints.Map(batches);
        return api;
    }
}
