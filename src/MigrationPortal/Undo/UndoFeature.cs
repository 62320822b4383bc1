using MigrationPortal.Jobs;

namespace MigrationPortal.Undo;

/// <summary>Taking a batch back: preview, somebody else's yes, removal.</summary>
internal static class UndoFeature
{
    public static IServiceCollection AddUndo(this IServiceCollection services) => services
        .AddSingleton<UndoQueries>()
        .AddSingleton<PreviewUndoHandler>()
        .AddSingleton<AskUndoHandler>()
        .AddSingleton<StartUndoHandler>()
        .AddSingleton<FinishUndo>()
        .AddSingleton<UndoBatch>()
        .AddSingleton<IUnfinishedWork, UnfinishedUndos>()
        .AddRoleAction("Run", [Role.Operator], isScoped: true, "POST /api/v1/batches/{batchId:long}/undo");

    public static IEndpointRouteBuilder MapUndo(this IEndpointRouteBuilder api)
    {
        api.MapUndoApi();
        return api;
    }
}
