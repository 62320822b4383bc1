using MigrationPortal.CutOver.Timing;
using MigrationPortal.Delta;

namespace MigrationPortal.CutOver;

/// <summary>The last run of each batch, and the documented steps around it.</summary>
internal static class CutOverFeature
{
    public static IServiceCollection AddCutOver(this IServiceCollection services) => services
        .AddSingleton<CutOverQueries>()
        .AddSingleton<CutOverBatches>()
        .AddSingleton<CutOverTimeQueries>()
        .AddSingleton<SetCutOverTimeHandler>()
        .AddSingleton<SetCutOverStepHandler>()
        .AddSingleton<CutOverBatchHandler>()
        .AddSingleton<ILastDelta>(provider => provider.GetRequiredService<CutOverBatchHandler>())
        .AddRoleAction("Run", [Role.Operator], isScoped: true, "POST /api/v1/batches/{batchId:long}/cut-over")
        .AddRoleAction("CutOver", [Role.Operator], isScoped: true, "PUT /api/v1/pool-pairs/{pair}/cut-over/{number:int}")
        .AddRoleAction("PlanCutOver", SetCutOverTimeHandler.Roles, isScoped: true, "PUT /api/v1/pool-pairs/{pair}/cut-over/time");

    public static IEndpointRouteBuilder MapCutOver(this IEndpointRouteBuilder api)
    {
        api.MapCutOverApi();
        return api;
    }
}
