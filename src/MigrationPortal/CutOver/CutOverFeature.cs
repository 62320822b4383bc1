namespace MigrationPortal.CutOver;

/// <summary>The last run of each batch, and the documented steps around it.</summary>
internal static class CutOverFeature
{
    public static IServiceCollection AddCutOver(this IServiceCollection services) => services
        .AddSingleton<CutOverQueries>()
        .AddSingleton<SetCutOverStepHandler>()
        .AddSingleton<CutOverBatchHandler>();

    public static IEndpointRouteBuilder MapCutOver(this IEndpointRouteBuilder api)
    {
        api.MapCutOverApi();
        return api;
    }
}
