namespace MigrationPortal.Reviews;

/// <summary>Submitted plans and what people decided about them.</summary>
internal static class ReviewsRoom
{
    public static IServiceCollection AddReviews(this IServiceCollection services) => services
        .AddSingleton<ApproveBatchHandler>()
        .AddSingleton<SendBackHandler>();
}
