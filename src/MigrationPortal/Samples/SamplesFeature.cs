using Microsoft.Extensions.Options;

namespace MigrationPortal.Samples;

/// <summary>Pools to try the portal on: real chat databases, read and migrated by the same code as anybody's.</summary>
internal static class SamplesFeature
{
    public static IServiceCollection AddSamples(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<SamplesOptions>().Bind(configuration.GetSection(SamplesOptions.Section)).ValidateOnStart();
        return services
            .AddSingleton<IPostConfigureOptions<SamplesOptions>, SamplesByDefault>()
            .AddSingleton<IValidateOptions<SamplesOptions>, ValidateSamplesOptions>()
            .AddSingleton<SampleDatabases>()
            .AddSingleton<SampleFiles>()
            .AddSingleton<SampleProgress>()
            .AddHostedService<LoadSamples>();
    }
}
