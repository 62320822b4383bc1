namespace MigrationPortal.Reviews;

/// <summary>Submitted plans and what people decided about them.</summary>
internal static class ReviewsFeature
{
    public static IServiceCollection AddReviews(this IServiceCollection services) => services
        .AddSingleton<ReviewQueries>()
        .AddSingleton<DecideRequest>()
        .AddSingleton<ApproveBatchHandler>()
        .AddSingleton<SendBackHandler>()
        .AddRoleAction("Decide", [Role.Approver], isScoped: true, "POST /api/v1/batches/{id:long}/approve", "POST /api/v1/batches/{id:long}/send-back");

    public static IEndpointRouteBuilder MapReviews(this IEndpointRouteBuilder api)
    {
        ReviewEndpoints.Map(api);
        return api;
    }
}
