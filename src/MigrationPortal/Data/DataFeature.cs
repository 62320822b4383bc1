using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace MigrationPortal.Data;

/// <summary>The portal's own database: one short-lived context per operation, from a pool.</summary>
internal static class DataFeature
{
    public static IServiceCollection AddData(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<DataOptions>().Bind(configuration.GetSection("Data"))
            .Configure(x => x.ConnectionString = configuration[DataOptions.ConnectionStringKey])
            .ValidateOnStart();
        return services
            .AddSingleton<IValidateOptions<DataOptions>, ValidateDataOptions>()
            .AddSingleton<PortalDatabase>()
            .AddSingleton<WaitOut>()
            .AddSingleton<DatabaseReturn>()
            .AddHostedService<PrivatePostgresWatch>()
            .AddPooledDbContextFactory<PortalDbContext>((provider, db) =>
                PortalDatabase.Configure(db, provider.GetRequiredService<PortalDatabase>().ConnectionString));
    }
}
