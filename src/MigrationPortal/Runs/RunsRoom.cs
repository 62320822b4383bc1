namespace MigrationPortal.Runs;

internal static class RunsRoom
{
    public static IServiceCollection AddRuns(this IServiceCollection services) => services
        .AddSingleton<RunQueries>()
        .AddSingleton<RunMoves>()
        .AddSingleton<PauseRunHandler>()
        .AddSingleton<ResumeRunHandler>()
        .AddSingleton<CancelRunHandler>()
        .AddSingleton<RunBatch>();
}
