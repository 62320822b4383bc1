using Microsoft.Extensions.Options;
using MigrationPortal.Audit;
using MigrationPortal.PoolPairs.Checking;
using MigrationPortal.PoolPairs.Keeping;
using MigrationPortal.PoolPairs.Viewing;
using MigrationPortal.Ui;

namespace MigrationPortal.PoolPairs;

/// <summary>The pool pairs: what the configuration says of them and what administrators added, checked and made known.</summary>
internal static class PoolPairsFeature
{
    public static IServiceCollection AddPoolPairs(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<PoolPairsSettings>()
            .Configure(x => configuration.GetSection(PoolPairsSettings.Section).Bind(x.Pairs))
            .ValidateOnStart();
        services.AddOptions<AdministrationOptions>().BindConfiguration(AdministrationOptions.Section).ValidateOnStart();
        return services
            .AddSingleton<IValidateOptions<AdministrationOptions>, ValidateAdministrationOptions>()
            .AddSingleton<ConnectionSeal>()
            .AddSingleton<KeptPairRules>()
            .AddSingleton<KeptPairs>()
            .AddSingleton<KeptPairQueries>()
            .AddSingleton<KeepPoolPairHandler>()
            .AddSingleton<RemovePoolPairHandler>()
            .AddHostedService<FollowKeptPairs>()
            .AddSingleton<AdministrationPlaces>()
            .AddAdministrationPlace("pairs", 1)
            .AddSingleton<PairTabs>()
            .AddSingleton(new PairTab("connections", 1, typeof(ConnectionsTab)))
            .AddSingleton(new PairTab("options", 2, typeof(OptionsTab)))
            .AddSingleton(new PairTab("history", 9, typeof(PairHistoryTab)))
            .AddSingleton<OptionChangeQueries>()
            .AddSingleton<OpenBatchCounts>()
            .AddSingleton<PairHistoryQueries>()
            .AddSingleton<PairHistoryFile>()
            .AddSingleton<CheckSide>()
            .AddSingleton<CheckPair>()
            .AddSingleton<TryPoolSideHandler>()
            .AddSingleton<IValidateOptions<PoolPairsSettings>, ValidatePoolPairs>()
            .AddSingleton<PoolPairQueries>()
            .AddSingleton<IPoolPairNames, PoolPairNames>()
            .AddSingleton<IConfiguredPoolPairs, ConfiguredPoolPairs>()
            .AddScoped<CurrentPair>()
            .AddSingleton<PoolPairCatalog>()
            .AddSingleton<SetPairOptionsHandler>()
            .AddSingleton<IAuditValues, OptionsInAudit>()
            .AddSingleton<RegisterPoolPairs>()
            .AddRoleAction("Mapping", [Role.Administrator], isScoped: false, "PUT /api/v1/pool-pairs/{pair}/options/")
            .AddRoleAction("PoolPairs", [Role.Administrator], isScoped: false, "POST /api/v1/pool-pairs/check", "PUT /api/v1/pool-pairs/{pair}", "DELETE /api/v1/pool-pairs/{pair}");
    }

    public static IEndpointRouteBuilder MapPoolPairs(this IEndpointRouteBuilder api)
    {
        PoolPairConnectionsApi.Map(api);
        PairOptionsApi.Map(api);
        PairHistoryFile.Map(api);
        return api;
    }
}
