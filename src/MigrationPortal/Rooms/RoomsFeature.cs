using MigrationPortal.Jobs;
using MigrationPortal.Notices.Outbox;
using MigrationPortal.Rooms.Choosing;
using MigrationPortal.Rooms.Deciding;
using MigrationPortal.Rooms.Exporting;
using MigrationPortal.Rooms.Scanning;
using MigrationPortal.Rooms.Viewing;

namespace MigrationPortal.Rooms;

internal static class RoomsFeature
{
    public static IServiceCollection AddRooms(this IServiceCollection services) => services
        .AddScanning()
        .AddSingleton<RoomQueries>()
        .AddSingleton<RoomsFile>()
        .AddSingleton<RoomPartsFile>()
        .AddSingleton<ICategoryCheck, CategoryCheck>()
        .AddSingleton<IAfterScan, GrantedCategories>()
        .AddSingleton<KeptPeople>()
        .AddSingleton<CrowdedRooms>()
        .AddSingleton<RoomPeople>()
        .AddSingleton<RefreshPairHandler>()
        .AddSingleton<ListCrowdsHandler>()
        .AddSingleton<StaleCrowds>()
        .AddSingleton<IUnfinishedWork>(x => x.GetRequiredService<StaleCrowds>())
        .AddHostedService(x => x.GetRequiredService<StaleCrowds>())
        .AddSingleton<RoomMonths>()
        .AddSingleton<RoomDays>()
        .AddSingleton<RoomHistory>()
        .AddSingleton<RoomTabs>()
        .AddSingleton<TranscriptAccess>()
        .AddSingleton<OpenTranscriptHandler>()
        .AddSingleton<ReadMessagePartHandler>()
        .AddSingleton<JudgeChoice>()
        .AddScoped<Browsing.RoomActions>()
        .AddSingleton<RoomDecisions>()
        .AddSingleton<ExcludeRoomsHandler>()
        .AddSingleton<IncludeRoomsHandler>()
        .AddSingleton<AcceptDifferencesHandler>()
        .AddSingleton<WithdrawAcceptanceHandler>()
        .AddSingleton<AcceptanceRefusals>()
        .AddSingleton<DecideAcceptanceHandler>()
        .AddSingleton<IUnfinishedWork, UnfinishedScans>()
        .AddNoticeKind(PoolNotices.Unreachable, [Role.Administrator])
        .AddSingleton<PoolNotices>()
        .AddSingleton<IUnfinishedWork>(x => x.GetRequiredService<PoolNotices>())
        .AddRoleAction("Scan", [Role.Planner, Role.Operator], isScoped: true, "POST /api/v1/pool-pairs/{pair}/scans")
        .AddRoleAction("LeaveOut", [Role.Planner], isScoped: true, "PUT /api/v1/rooms/{id:long}/left-out", "DELETE /api/v1/rooms/{id:long}/left-out",
            "POST /api/v1/rooms/exclude", "POST /api/v1/rooms/include")
        .AddRoleAction("Accept", [Role.Planner, Role.Approver], isScoped: true, "PUT /api/v1/rooms/{id:long}/accepted", "DELETE /api/v1/rooms/{id:long}/accepted", "POST /api/v1/rooms/accept", "POST /api/v1/acceptance-proposals/{id:long}/reject")
        .AddRoleAction("ConfirmAcceptance", [Role.Approver], isScoped: true, "POST /api/v1/acceptance-proposals/{id:long}/confirm", "POST /api/v1/acceptance-proposals/confirm")
        .AddRoleAction("ReadMessages", [Role.Approver, Role.Auditor], isScoped: true, "POST /api/v1/rooms/{id:long}/transcript", "POST /api/v1/rooms/{id:long}/transcript/{chatId:long}");

    public static IEndpointRouteBuilder MapRooms(this IEndpointRouteBuilder api)
    {
        api.MapPoolPairEndpoints();
        api.MapRoomEndpoints();
        api.MapAcceptanceProposalEndpoints();
        return api;
    }
}
