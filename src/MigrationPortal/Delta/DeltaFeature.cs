using MigrationPortal.Batches.Viewing;
using MigrationPortal.Comments;
using MigrationPortal.Delta.Warnings;
using MigrationPortal.Reviews;

namespace MigrationPortal.Delta;

/// <summary>Moving what came since a batch ran: preview, somebody else's yes where rights or settings changed, another run.</summary>
internal static class DeltaFeature
{
    public static IServiceCollection AddDelta(this IServiceCollection services) => services
        .AddSingleton<DeltaQueries>()
        .AddSingleton<DeltaFile>()
        .AddSingleton<WarningsFile>()
        .AddSingleton<PlanDeltaHandler>()
        .AddSingleton<OpenDeltaReview>()
        .AddSingleton<StartDeltaHandler>()
        .AddSingleton<IReviewKind, DeltaReviews>()
        .AddSingleton<IAnchoredThings, DeltaAnchors>()
        .AddSingleton(new BatchTab("delta", typeof(DeltaPart), view => PlanDeltaHandler.From.Contains(view.Batch.State) || view.Review?.Kind == ReviewKind.Delta))
        .AddRoleAction("Run", [Role.Operator], isScoped: true, "POST /api/v1/batches/{batchId:long}/delta");

    public static IEndpointRouteBuilder MapDelta(this IEndpointRouteBuilder api)
    {
        api.MapDeltaApi();
        api.MapWarningApi();
        return api;
    }
}
