using Microsoft.Extensions.Options;
using MigrationPortal.Runs.Working;

namespace MigrationPortal.Runs;

internal static class RunsFeature
{
    public static IServiceCollection AddRuns(this IServiceCollection services)
    {
        services.AddOptions<RunsOptions>().BindConfiguration(RunsOptions.Section).ValidateOnStart();
        return services
            .AddSingleton<IValidateOptions<RunsOptions>, ValidateRunsOptions>()
            .AddSingleton<RunQueries>()
            .AddSingleton<RunTransitions>()
            .AddSingleton<SourcePlan>()
            .AddSingleton<CreateRun>()
            .AddSingleton<StartRunHandler>()
            .AddSingleton<PauseRunHandler>()
            .AddSingleton<ResumeRunHandler>()
            .AddSingleton<CancelRunHandler>()
            .AddSingleton<ThrottleRunHandler>()
            .AddSingleton<RunStore>()
            .AddSingleton<RoomWork>()
            .AddSingleton<RunAttempt>()
            .AddSingleton<WritersOfPool>()
            .AddSingleton<RunWork>()
            .AddSingleton<RunBatch>();
    }

    public static IEndpointRouteBuilder MapRuns(this IEndpointRouteBuilder api)
    {
        api.MapRunApi();
        return api;
    }
}
