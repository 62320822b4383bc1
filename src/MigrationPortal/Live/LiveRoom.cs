namespace MigrationPortal.Live;

internal static class LiveRoom
{
    public static IServiceCollection AddLive(this IServiceCollection services) => services
        .AddSingleton<LiveFeed>()
        .AddSingleton<RunFeed>();
}
