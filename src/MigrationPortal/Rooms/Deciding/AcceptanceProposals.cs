using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;

namespace MigrationPortal.Rooms.Deciding;

internal static class AcceptanceProposals
{
    /// <summary>Those that a second person can decide about: the room still differs as it did when it was proposed, or in less.</summary>
    public static IQueryable<AcceptanceProposal> Live(PortalDbContext db) => db.Set<AcceptanceProposal>().AsNoTracking().Where(proposal =>
        proposal.State == AcceptanceState.Open
        && RoomSelection.Current(db).Any(pair =>
            pair.RoomId == proposal.RoomId && pair.Comparison == Comparison.Different
            && pair.MessageDifference == proposal.Messages && pair.Differences.All(x => proposal.Differences.Contains(x))));

    /// <summary>Proposes it for each of these rooms, as it differs now.</summary>
    /// <returns>False where somebody else just proposed it for one of them.</returns>
    public static async Task<bool> AddAsync(PortalDbContext db, long[] rooms, string by, DateTimeOffset at, string reason, CancellationToken cancellationToken)
    {
        await db.Set<AcceptanceProposal>()
            .Where(x => rooms.Contains(x.RoomId) && x.State == AcceptanceState.Open && !Live(db).Any(live => live.Id == x.Id))
            .ExecuteUpdateAsync(set => set.SetProperty(x => x.State, AcceptanceState.Replaced).SetProperty(x => x.DecidedBy, by).SetProperty(x => x.DecidedAt, at), cancellationToken);
        var added = await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO portal.acceptance_proposals (room_id, pool_pair_id, by, at, reason, differences, messages, state)
            SELECT p.room_id, pool.id, {by}, {at}, {reason}, p.differences, p.message_difference, 'Open'
            FROM portal.room_pairs p
            JOIN portal.pool_pairs pool ON pool.current_scan_id = p.scan_id
            WHERE p.room_id = ANY ({rooms}) AND p.message_difference IS NOT NULL
            ON CONFLICT (room_id) WHERE state = 'Open' DO NOTHING
            """,
            cancellationToken);
        return added == rooms.Length;
    }

    /// <summary>Makes acceptances of confirmed proposals: by whoever gave the reason, confirmed by the second person.</summary>
    /// <returns>False where a room no longer differs as it did, or in less: a scan or a proof may have found more at this moment.</returns>
    public static async Task<bool> ApplyAsync(PortalDbContext db, long[] proposals, string confirmedBy, DateTimeOffset at, CancellationToken cancellationToken)
    {
        await db.Database.ExecuteSqlAsync(
            $"""
            UPDATE portal.rooms r SET accepted_by = a.by, accepted_at = {at}, accepted_reason = a.reason, accepted_confirmed_by = {confirmedBy},
                accepted_differences = a.differences, accepted_messages = a.messages
            FROM portal.acceptance_proposals a
            WHERE a.room_id = r.id AND a.id = ANY ({proposals})
            """,
            cancellationToken);
        return await db.Database.ExecuteSqlAsync(
            $"""
            UPDATE portal.room_pairs p SET comparison = 'Accepted'
            FROM portal.acceptance_proposals a
            JOIN portal.pool_pairs pool ON pool.id = a.pool_pair_id
            WHERE a.id = ANY ({proposals}) AND p.scan_id = pool.current_scan_id AND p.room_id = a.room_id
                AND p.comparison = 'Different' AND p.message_difference = a.messages AND p.differences <@ a.differences
            """,
            cancellationToken) == proposals.Length;
    }
}
