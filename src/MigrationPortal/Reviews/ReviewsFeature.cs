namespace MigrationPortal.Reviews;

/// <summary>Submitted plans and what people decided about them.</summary>
internal static class ReviewsFeature
{
    public static IServiceCollection AddReviews(this IServiceCollection services) => services
        .AddSingleton<ReviewQueries>()
        .AddSingleton<DecideRequest>()
        .AddSingleton<ApproveBatchHandler>()
        .AddSingleton<SendBackHandler>();

    public static IEndpointRouteBuilder MapReviews(this IEndpointRouteBuilder api)
    {
        ReviewEndpoints.Map(api);
        return api;
    }
}
