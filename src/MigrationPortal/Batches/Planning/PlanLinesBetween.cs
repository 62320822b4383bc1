using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;

namespace MigrationPortal.Batches.Planning;

/// <summary>
/// Lines that one plan has and the other has not, compared as multisets in SQL. Messages are left out: growth is drift, not
/// change. A room or category that came or went takes its lines with it and is told in one; a room or category that got another name is still the same,
/// so that the lines of its rights, which name it, do not count.
/// </summary>
internal static class PlanLinesBetween
{
    /// <summary>More are cut before they are put together: a page shows <see cref="PlanChange.MaxLines"/>.</summary>
    private const int MostRead = 5000;

    /// <returns>Whether lines were cut, too.</returns>
    public static async Task<(IReadOnlyList<ChangedLine> Lines, bool WasCut)> ReadAsync(PortalDbContext db, long before, long after, CancellationToken cancellationToken)
    {
        var raw = await db.Database.SqlQuery<RawLine>($"""
            WITH lines AS (
                SELECT p.plan_id, p.kind, p.action, p.room_id, p.old, p.new, p.source, p.subject AS shown, p.property AS place,
                    CASE WHEN p.kind = 'Category' THEN coalesce(c.old, p.subject) WHEN p.kind IN ('Room', 'Files') THEN '' ELSE p.subject END AS subject,
                    CASE WHEN p.kind IN ('Member', 'Manager', 'Presenter') THEN NULL WHEN p.kind IN ('Scope', 'Creator') THEN coalesce(c.old, p.property) ELSE p.property END AS property
                FROM portal.plan_items p
                LEFT JOIN portal.plan_items c ON c.plan_id = p.plan_id AND c.kind = 'Category' AND c.property IS NULL
                    AND c.subject = CASE WHEN p.kind = 'Category' THEN p.subject WHEN p.kind IN ('Scope', 'Creator') THEN p.property END
                WHERE p.plan_id IN ({before}, {after}) AND p.kind <> 'Messages'),
            rooms AS (
                SELECT room_id, bool_or(plan_id = {before}) AS was, bool_or(plan_id = {after}) AS is FROM lines
                WHERE kind = 'Room' AND property = 'Name' GROUP BY room_id),
            categories AS (
                SELECT subject, bool_or(plan_id = {before}) AND bool_or(plan_id = {after}) AS stays FROM lines
                WHERE kind = 'Category' AND property IS NULL GROUP BY subject),
            counted AS (
                SELECT kind, action, subject, property, old, new, room_id, source, max(shown) AS shown, max(place) AS place,
                    count(*) FILTER (WHERE plan_id = {after}) - count(*) FILTER (WHERE plan_id = {before}) AS more
                FROM lines GROUP BY kind, action, subject, property, old, new, room_id, source)
            SELECT l.more > 0 AS "IsNew", l.kind AS "Kind", l.subject AS "Subject", l.shown AS "Shown", l.property AS "Property", l.place AS "Place", l.room_id AS "RoomId",
                CASE WHEN l.action = 'Drop' THEN NULL ELSE coalesce(l.new, l.shown) END AS "Value",
                (SELECT nullif(m.new, '')::bigint FROM portal.plan_items m
                    WHERE m.plan_id = CASE WHEN l.more > 0 THEN {after} ELSE {before} END
                        AND m.kind = 'Messages' AND m.room_id = l.room_id AND l.kind = 'Room' AND l.property = 'Name') AS "MessageCount"
            FROM counted l LEFT JOIN rooms r ON r.room_id = l.room_id
            LEFT JOIN categories c ON l.kind = 'Category' AND l.property IS NOT NULL AND c.subject = l.subject
            WHERE l.more <> 0 AND coalesce(c.stays, true) AND (r.room_id IS NULL OR (r.was AND r.is) OR (l.kind = 'Room' AND l.property = 'Name'))
            ORDER BY l.kind = 'Room' AND l.property = 'Name' DESC, array_position({PlanItemKinds.All}, l.kind), l.shown, l.property, l.more > 0
            LIMIT {MostRead + 1}
            """).ToListAsync(cancellationToken);
        return (ChangedLines.Together([.. raw.Take(MostRead).GroupBy(x => x.Key).SelectMany(Fold)]), raw.Count > MostRead);
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
                yield return new ChangedLine(line.Kind, line.Shown, line.Property, old?.Value, now?.Value, line.RoomId, line.MessageCount) { Place = line.Place };
        }
    }

    private sealed record RawLine(bool IsNew, string Kind, string Subject, string Shown, string? Property, string? Place, long? RoomId, string? Value, long? MessageCount)
    {
        // A room is the same under another name; a right is its person on its room.
        public string Key => $"{Kind}|{RoomId}|{Property}|{Subject}";
    }
}
