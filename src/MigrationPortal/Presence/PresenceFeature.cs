using Microsoft.AspNetCore.Components.Server.Circuits;

namespace MigrationPortal.Presence;

/// <summary>Who else is here: shown beside what people work on together.</summary>
internal static class PresenceFeature
{
    public static IServiceCollection AddPresence(this IServiceCollection services) => services
        .AddSingleton<WhoIsHere>()
        .AddScoped<CircuitPresence>()
        .AddScoped<CircuitHandler>(provider => provider.GetRequiredService<CircuitPresence>());
}
