using MigrationPortal.Batches.Editing;
using MigrationPortal.Rooms.Deciding;
using MigrationPortal.Rooms.Scanning;
using MigrationPortal.Rooms.Viewing;

namespace MigrationPortal.Rooms;

internal static class RoomsFeature
{
    public static IServiceCollection AddRooms(this IServiceCollection services) => services
        .AddScanning()
        .AddSingleton<RoomQueries>()
        .AddSingleton<RoomPeople>()
        .AddSingleton<RoomMonths>()
        .AddSingleton<RoomHistory>()
        .AddSingleton<OpenTranscriptHandler>()
        .AddSingleton<LeaveOutRoomsHandler>()
        .AddSingleton<TakeRoomBackHandler>()
        .AddSingleton<AcceptDifferencesHandler>()
        .AddSingleton<RejectDifferenceHandler>();

    public static IEndpointRouteBuilder MapRooms(this IEndpointRouteBuilder api)
    {
        api.MapPoolPairEndpoints();
        api.MapRoomEndpoints();
        return api;
    }
}
