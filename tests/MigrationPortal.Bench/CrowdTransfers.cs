using System.Globalization;
using Microsoft.AspNetCore.Builder;
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
    public static async Task WriteAsync(WebApplication portal, IEnumerable<string> rooms, int missing)
    {
        var pair = (await portal.Services.GetRequiredService<PoolPairQueries>().FindAsync("large", CancellationToken.None))!;
        foreach (var id in rooms)
        {
            var room = (await portal.Services.GetRequiredService<RoomQueries>().FindAsync(long.Parse(id, CultureInfo.InvariantCulture), CancellationToken.None))!;
            await using var db = await portal.Services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync();
            var (legacy, target) = await RoomInventory.LoadAsync(db, room.ScanId, room.LegacyNodeId!.Value, CancellationToken.None);
            var plan = new RoomPlans(new PlanRequest(legacy, target, new HashSet<Guid>(), pair.Options, new Dictionary<Guid, string>(), new HashSet<Guid>())).Find(legacy.Nodes.Single(x => x.NodeId == room.LegacyNodeId))!;
            await using var transaction = await db.Database.BeginTransactionAsync();
            await portal.Services.GetRequiredService<RefreshPairHandler>().HandleAsync(db, new("large", plan.Room, plan.Category, 9_000_000 + room.LegacyNodeId.Value, ProofOf(plan.Room.Members.Take(missing))), CancellationToken.None);
            await transaction.CommitAsync();
        }
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
