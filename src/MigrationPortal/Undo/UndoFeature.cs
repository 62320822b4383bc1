using MigrationPortal.Batches;
using MigrationPortal.Batches.Viewing;
using MigrationPortal.Jobs;
using MigrationPortal.Reviews;
using MigrationPortal.Runs;
using MigrationPortal.Runs.Steering;
using MigrationPortal.Runs.Working;

namespace MigrationPortal.Undo;

/// <summary>Taking a batch back: preview, somebody else's yes, removal.</summary>
internal static class UndoFeature
{
    public static IServiceCollection AddUndo(this IServiceCollection services) => services
        .AddSingleton<UndoQueries>()
        .AddSingleton<UndoFile>()
        .AddSingleton<AwaitedPeople>()
        .AddSingleton<PreviewUndoHandler>()
        .AddSingleton<ReadUndoList>()
        .AddSingleton<RereadUndoHandler>()
        .AddSingleton<AskUndoHandler>()
        .AddSingleton<StartUndoHandler>()
        .AddSingleton<FinishUndo>()
        .AddSingleton<UndoBatch>()
        .AddSingleton<IUnfinishedWork, UnfinishedUndos>()
        .AddSingleton<IReviewKind, UndoReviews>()
        .AddSingleton<IResumeCheck, NoUndoBegun>()
        .AddSingleton<IPoolWriters, UndosOfPool>()
        .AddSingleton(new BatchTab("undo", typeof(UndoPart), view => view.Batch.State is >= BatchState.Cancelled and not BatchState.CutOver))
        .AddRoleAction("Run", [Role.Operator], isScoped: true, "POST /api/v1/batches/{batchId:long}/undo")
        .AddRoleAction("Reread", [Role.Approver, Role.Operator], isScoped: true, "POST /api/v1/batches/{batchId:long}/undo-preview");

    public static IEndpointRouteBuilder MapUndo(this IEndpointRouteBuilder api)
    {
        api.MapUndoApi();
        return api;
    }
}
