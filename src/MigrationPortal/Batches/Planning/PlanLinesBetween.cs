using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;

namespace MigrationPortal.Batches.Planning;

/// <summary>
/// Lines that one plan has and the other has not, compared as multisets in SQL. Messages are left out: growth is drift, not
/// change. A room or category that came or went takes its lines with it and is told in one; a room or category that got another name is still the same,
/// so that the lines of its rights, which name it, do not count. Of categories that stay, the people in the scope are compared, whichever node the plans
/// name as its definer: once for all categories that went from one node to another. A category that one of the plans finds in the new pool is left as it is
/// there, so that none of its people gain or lose anything.
/// </summary>
/// <remarks>
/// A category's own part is known by its path in the legacy pool, another part by its guid, which stands in its line <c>Identity</c>. That guid is made of the
/// people in the scope, so of one category the only part that went and the only one that came are the same.
/// </remarks>
internal static class PlanLinesBetween
{
    /// <summary>More are cut before they are put together: a page shows <see cref="PlanChange.MaxLines"/>.</summary>
    private const int MostRead = 5000;

    /// <returns>Whether lines were cut, too.</returns>
    public static async Task<(IReadOnlyList<ChangedLine> Lines, bool WasCut)> ReadAsync(PortalDbContext db, long before, long after, CancellationToken cancellationToken)
    {
        var raw = await db.Database.SqlQuery<RawLine>($"""
            WITH heads AS (
                SELECT c.plan_id, c.subject AS name, c.action = 'Create' AS is_written, coalesce(c.old, c.subject) AS path, coalesce(i.new, c.old, c.subject) AS id
                FROM portal.plan_items c
                LEFT JOIN portal.plan_items i ON i.plan_id = c.plan_id AND i.kind = 'Category' AND i.property = 'Identity' AND i.subject = c.subject
                WHERE c.plan_id IN ({before}, {after}) AND c.kind = 'Category' AND c.property IS NULL),
            alone AS (
                SELECT *, min(plan_id) OVER same = max(plan_id) OVER same AS is_alone FROM heads WINDOW same AS (PARTITION BY id)),
            parts AS (
                SELECT plan_id, name, is_written, CASE WHEN is_alone AND count(*) FILTER (WHERE is_alone) OVER (PARTITION BY plan_id, path) = 1 THEN '~' || path ELSE id END AS part
                FROM alone),
            categories AS (
                SELECT part, max(name) FILTER (WHERE plan_id = {after}) AS name, bool_or(plan_id = {before}) AND bool_or(plan_id = {after}) AS stays, bool_and(is_written) AS is_written
                FROM parts GROUP BY part),
            lines AS (
                SELECT p.plan_id, p.kind, p.action, p.room_id, p.old, p.new, p.source, p.subject AS shown, p.property AS place,
                    CASE WHEN p.kind = 'Category' THEN coalesce(c.part, p.subject) WHEN p.kind IN ('Room', 'Files') THEN '' ELSE p.subject END AS subject,
                    CASE WHEN p.kind IN ('Member', 'Manager', 'Presenter') THEN NULL WHEN p.kind IN ('Scope', 'Creator') THEN coalesce(c.part, p.property) ELSE p.property END AS property
                FROM portal.plan_items p
                LEFT JOIN parts c ON c.plan_id = p.plan_id AND c.name = CASE WHEN p.kind = 'Category' THEN p.subject WHEN p.kind IN ('Scope', 'Creator') THEN p.property END
                WHERE p.plan_id IN ({before}, {after}) AND p.kind <> 'Messages' AND (p.kind <> 'Scope' OR p.code = 'Admitted')
                    AND (p.kind <> 'Category' OR p.property IS NULL OR p.property NOT IN ('Identity', 'AllowedMember'))),
            rooms AS (
                SELECT room_id, bool_or(plan_id = {before}) AS was, bool_or(plan_id = {after}) AS is FROM lines
                WHERE kind = 'Room' AND property = 'Name' GROUP BY room_id),
            defined AS (
                SELECT plan_id, subject AS part, max(new) AS node FROM lines WHERE kind = 'Category' AND property = 'AllowedMembers' GROUP BY plan_id, subject),
            moves AS (
                SELECT c.part, c.name, b.node AS had, a.node AS has FROM categories c
                LEFT JOIN defined b ON b.plan_id = {before} AND b.part = c.part
                LEFT JOIN defined a ON a.plan_id = {after} AND a.part = c.part
                WHERE c.stays AND c.is_written AND coalesce(b.node, a.node) IS NOT NULL),
            scopes AS (
                SELECT had, has, CASE WHEN count(*) = 1 AND had IS DISTINCT FROM has THEN max(name) ELSE coalesce(has, had) END AS place FROM moves GROUP BY had, has),
            people AS (
                SELECT plan_id, property AS node, subject AS person FROM portal.plan_items WHERE plan_id IN ({before}, {after}) AND kind = 'Scope' AND code <> 'Admitted'),
            changed AS (
                SELECT had, has, place, person, sum(more) AS more FROM (
                    SELECT s.had, s.has, s.place, p.person, -1 AS more FROM scopes s JOIN people p ON p.plan_id = {before} AND p.node = s.had
                    UNION ALL SELECT s.had, s.has, s.place, p.person, 1 FROM scopes s JOIN people p ON p.plan_id = {after} AND p.node = s.has) both_sides
                GROUP BY had, has, place, person HAVING sum(more) <> 0),
            opened AS (
                SELECT m.part FROM moves m JOIN (SELECT DISTINCT had, has FROM changed) c ON c.had IS NOT DISTINCT FROM m.had AND c.has IS NOT DISTINCT FROM m.has),
            counted AS (
                SELECT kind, action, subject, property, old, new, room_id, source, max(shown) AS shown, max(place) AS place,
                    count(*) FILTER (WHERE plan_id = {after}) - count(*) FILTER (WHERE plan_id = {before}) AS more
                FROM lines GROUP BY kind, action, subject, property, old, new, room_id, source
                UNION ALL SELECT 'Scope', 'Create', person, concat(had, ' → ', has), NULL, NULL, NULL, NULL, person, place, more FROM changed)
            SELECT l.more > 0 AS "IsNew", l.kind AS "Kind", l.subject AS "Subject", l.shown AS "Shown", l.property AS "Of", l.place AS "Place", l.room_id AS "RoomId",
                CASE WHEN l.kind IN ('Scope', 'Creator') THEN l.place ELSE l.property END AS "Property",
                CASE WHEN l.action = 'Drop' THEN NULL ELSE coalesce(l.new, l.shown) END AS "Value",
                (SELECT nullif(m.new, '')::bigint FROM portal.plan_items m
                    WHERE m.plan_id = CASE WHEN l.more > 0 THEN {after} ELSE {before} END
                        AND m.kind = 'Messages' AND m.room_id = l.room_id AND l.kind = 'Room' AND l.property = 'Name') AS "MessageCount"
            FROM counted l LEFT JOIN rooms r ON r.room_id = l.room_id
            LEFT JOIN categories c ON c.part = CASE WHEN l.kind = 'Category' AND l.property IS NOT NULL THEN l.subject WHEN l.kind IN ('Scope', 'Creator') THEN l.property END
            WHERE l.more <> 0 AND coalesce(c.stays AND (c.is_written OR l.kind = 'Category'), true)
                AND (l.property IS DISTINCT FROM 'AllowedMembers' OR l.subject IN (SELECT part FROM opened))
                AND (r.room_id IS NULL OR (r.was AND r.is) OR (l.kind = 'Room' AND l.property = 'Name'))
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

    private sealed record RawLine(bool IsNew, string Kind, string Subject, string Shown, string? Of, string? Property, string? Place, long? RoomId, string? Value, long? MessageCount)
    {
        // A room is the same under another name; a right is its person on its room.
        public string Key => $"{Kind}|{RoomId}|{Of}|{Subject}";
    }
}
