using MigrationPortal.Rooms.Scanning;

namespace MigrationPortal.Rooms;

internal static class RoomsRoom
{
    public static IServiceCollection AddRooms(this IServiceCollection services) => services.AddScanning();

    public static IEndpointRouteBuilder MapRooms(this IEndpointRouteBuilder api) => api;
}
