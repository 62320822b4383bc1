using Microsoft.Extensions.Options;

namespace MigrationPortal.PoolPairs;

/// <summary>The pool pairs: what the configuration says of them, checked and made known at start.</summary>
internal static class PoolPairsFeature
{
    public static IServiceCollection AddPoolPairs(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<PoolPairsSettings>()
            .Configure(x => configuration.GetSection(PoolPairsSettings.Section).Bind(x.Pairs))
            .ValidateOnStart();
        return services
            .AddSingleton<IValidateOptions<PoolPairsSettings>, ValidatePoolPairs>()
            .AddSingleton<PoolPairQueries>()
            .AddSingleton<IPoolPairNames, PoolPairNames>()
            .AddSingleton<IConfiguredPoolPairs, ConfiguredPoolPairs>()
            .AddScoped<CurrentPair>()
            .AddSingleton<PoolPairCatalog>()
            .AddSingleton<SetPairOptionsHandler>()
            .AddSingleton<RegisterPoolPairs>()
            .AddRoleAction("Mapping", [Role.Administrator], isScoped: false, "PUT /api/v1/pool-pairs/{pair}/options");
    }
}
