using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MigrationPortal.Data;
using MigrationPortal.Engine.Planning;
using MigrationPortal.Engine.Verification;
using MigrationPortal.PoolPairs;
using MigrationPortal.Rooms;
using MigrationPortal.Rooms.Scanning;

namespace MigrationPortal.Bench;

/// <summary>Crowded rooms as a verification leaves them, without the transfer before it.</summary>
internal static class CrowdTransfers
{
    /// <param name="missing">How many of the planned members it does not find.</param>
    /// <returns>Those members.</returns>
    public static async Task<IReadOnlyList<Guid>> WriteAsync(IServiceProvider services, RoomView room, int newNodeId, int missing)
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync();
        var options = (await PoolPairQueries.FindAsync(db, room.PoolPairId, CancellationToken.None))!.Options;
        var (legacy, target) = await RoomInventory.LoadAsync(db, room.ScanId, room.LegacyNodeId!.Value, CancellationToken.None);
        var plan = new RoomPlans(new PlanRequest(legacy, target, new HashSet<Guid>(), options, new Dictionary<Guid, string>(), new HashSet<Guid>())).Find(legacy.Nodes.Single(x => x.NodeId == room.LegacyNodeId))!;
        List<Guid> others = [.. plan.Room.Members.Take(missing)];
        await using var transaction = await db.Database.BeginTransactionAsync();
        await services.GetRequiredService<RefreshPairHandler>().HandleAsync(db, new(room.PoolPairId, plan.Room, plan.Category, newNodeId, ProofOf(others)), CancellationToken.None);
        await transaction.CommitAsync();
        return others;
    }

    private static RoomResult ProofOf(IEnumerable<Guid> missing)
    {
        var digests = new MessageDigests(0, null, null, null, null, 0, "");
        return new()
        {
            Grade = Grade.Perfect,
            Legacy = digests,
            New = digests,
            Rules = [],
            Mismatches = [],
            MismatchCount = 0,
            Settings = [.. missing.Select(x => new SettingDifference("Member", "member", "") { Principal = x })],
        };
    }
}
