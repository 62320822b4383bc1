using System.Text.Json.Serialization;

namespace MigrationPortal.Live;

internal static class LiveFeature
{
    public static IServiceCollection AddLive(this IServiceCollection services)
    {
        services.AddSignalR().AddJsonProtocol(o =>
        {
            o.PayloadSerializerOptions.Converters.Add(new JsonStringEnumConverter());
            o.PayloadSerializerOptions.Converters.Add(new WordingText());
        });
        return services
            .AddSingleton<LiveFeed>()
            .AddSingleton(typeof(SharedReading<>))
            .AddHostedService<NodeNotifications>();
    }

    public static IEndpointRouteBuilder MapLive(this IEndpointRouteBuilder endpoints)
    {
        var feed = endpoints.ServiceProvider.GetRequiredService<LiveFeed>();
        endpoints.ServiceProvider.GetRequiredService<Data.WaitOut>().AwayChanged = () => feed.Deliver(LiveFeed.Outage);
        return endpoints;
    }
}
