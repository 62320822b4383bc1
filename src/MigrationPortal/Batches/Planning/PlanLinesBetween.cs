using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;

namespace MigrationPortal.Batches.Planning;

/// <summary>
/// Lines that one plan has and the other has not, compared as multisets in SQL. Messages are left out: growth is drift, not
/// change. A room that came or went takes its lines with it and is told in one.
/// </summary>
internal static class PlanLinesBetween
{
    public static async Task<IReadOnlyList<ChangedLine>> ReadAsync(PortalDbContext db, long before, long after, CancellationToken cancellationToken)
    {
        var limit = 2 * PlanChange.MaxLines + 2;
        var raw = await db.Database.SqlQuery<RawLine>($"""
            WITH a AS (SELECT * FROM portal.plan_items WHERE plan_id = {before} AND kind <> 'Messages'),
                b AS (SELECT * FROM portal.plan_items WHERE plan_id = {after} AND kind <> 'Messages'),
                rooms_gone AS (SELECT room_id FROM a WHERE kind = 'Room' AND property = 'Name' EXCEPT SELECT room_id FROM b WHERE kind = 'Room'),
                rooms_new AS (SELECT room_id FROM b WHERE kind = 'Room' AND property = 'Name' EXCEPT SELECT room_id FROM a WHERE kind = 'Room'),
                gone AS (
                    SELECT kind, action, subject, property, old, new, room_id, source FROM a
                    EXCEPT ALL SELECT kind, action, subject, property, old, new, room_id, source FROM b),
                come AS (
                    SELECT kind, action, subject, property, old, new, room_id, source FROM b
                    EXCEPT ALL SELECT kind, action, subject, property, old, new, room_id, source FROM a),
                lines AS (
                    SELECT false AS is_new, * FROM gone
                    WHERE room_id IS NULL OR room_id NOT IN (SELECT room_id FROM rooms_gone) OR (kind = 'Room' AND property = 'Name')
                    UNION ALL
                    SELECT true, * FROM come
                    WHERE room_id IS NULL OR room_id NOT IN (SELECT room_id FROM rooms_new) OR (kind = 'Room' AND property = 'Name'))
            SELECT is_new AS "IsNew", kind AS "Kind", subject AS "Subject", property AS "Property", room_id AS "RoomId",
                CASE WHEN action = 'Drop' THEN NULL ELSE coalesce(new, subject) END AS "Value",
                (SELECT nullif(m.new, '')::bigint FROM portal.plan_items m
                    WHERE m.plan_id = CASE WHEN is_new THEN {after} ELSE {before} END
                        AND m.kind = 'Messages' AND m.room_id = lines.room_id AND lines.kind = 'Room' AND lines.property = 'Name') AS "MessageCount"
            FROM lines
            ORDER BY kind = 'Room' AND property = 'Name' DESC, array_position({PlanItemKinds.All}, kind), subject, property, is_new
            LIMIT {limit}
            """).ToListAsync(cancellationToken);
        return [.. raw.GroupBy(x => x.Key).SelectMany(Fold)];
    }

    // The same thing on both sides is one change, old → new; the rest came or went.
    private static IEnumerable<ChangedLine> Fold(IGrouping<string, RawLine> same)
    {
        var gone = same.Where(x => !x.IsNew).ToList();
        var come = same.Where(x => x.IsNew).ToList();
        for (var i = 0; i < Math.Max(gone.Count, come.Count); i++)
        {
            var old = gone.ElementAtOrDefault(i);
            var now = come.ElementAtOrDefault(i);
            var line = now ?? old!;
            if (old?.Value != now?.Value)
                yield return new ChangedLine(line.Kind, line.Subject, line.Property, old?.Value, now?.Value, line.RoomId, line.MessageCount);
        }
    }

    private sealed record RawLine(bool IsNew, string Kind, string Subject, string? Property, long? RoomId, string? Value, long? MessageCount)
    {
        // A room is the same under another name; a right is its person on its room.
        public string Key => Kind == PlanItemKinds.Room ? $"{Kind}|{RoomId}|{Property}" : $"{Kind}|{RoomId}|{Property}|{Subject}";
    }
}
