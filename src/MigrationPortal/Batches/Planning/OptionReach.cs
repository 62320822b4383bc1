using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Engine.Planning;
using MigrationPortal.PoolPairs;
using MigrationPortal.Rooms;

namespace MigrationPortal.Batches.Planning;

/// <summary>
/// How many rooms a changed option affects: rooms of both plans with a line that one plan has, for a reason that the option decides, and the other has
/// not. Of a cut-off, rooms with messages of the days in question. Options about categories, accounts and the directory reach no room by themselves and have no number.
/// </summary>
internal static class OptionReach
{
    private static readonly string[] _names = ["NameKept", "NamePrefixed", "NameShortened", "NameOfOption"];

    // Reasons of lines in Engine/Planning, by the option that decides between them.
    private static readonly Dictionary<string, string[]> _codes = new(StringComparer.Ordinal)
    {
        [nameof(PlanOptions.PrefixSeparator)] = _names,
        [nameof(PlanOptions.RootNameInPrefix)] = _names,
        [nameof(PlanOptions.OverLongName)] = _names,
        [nameof(PlanOptions.RootCategory)] = _names,
        [nameof(PlanOptions.Topic)] = ["TopicDropped", "TopicAppended"],
        [nameof(PlanOptions.OutOfScope)] = ["OutOfScope", "Admitted"],
        [nameof(PlanOptions.ScopeUndecided)] = ["ScopeUndecided", "ScopeUndecidedKept"],
        [nameof(PlanOptions.PresenterNotMember)] = ["PresenterNotMember", "PresenterMadeMember"],
        [nameof(PlanOptions.FederatedRoles)] = ["FederatedNoAccess", "FederatedKept"],
        [nameof(PlanOptions.InvalidAddIn)] = ["AddInDropped", "AddInKept"],
    };

    // With these, rooms of the batch are planned or not.
    private static readonly string[] _ofWholeRooms = [nameof(PlanOptions.DisabledRooms), nameof(PlanOptions.RoomUnderRoot)];

    public static async Task<IReadOnlyList<OptionDifference>> CountAsync(PortalDbContext db, PlanHead then, PlanHead now, long batchId, CancellationToken cancellationToken)
    {
        var options = OptionDifference.Between(then.Options, now.Options);
        var pairs = options.SelectMany(x => _codes.GetValueOrDefault(x.Name) ?? [], (x, code) => (x.Name, Code: code)).ToList();
        var (names, codes) = (pairs.ConvertAll(x => x.Name).ToArray(), pairs.ConvertAll(x => x.Code).ToArray());
        var inside = pairs.Count == 0 ? [] : await InsideAsync(db, then, now, batchId, names, codes, cancellationToken);
        var whole = options.Any(x => _ofWholeRooms.Contains(x.Name)) ? await WholeAsync(db, then, now, batchId, cancellationToken) : 0;
        var dated = options.Any(x => x.Name == nameof(PlanOptions.CutOff)) ? await DatedAsync(db, then, now, cancellationToken) : 0;
        return [.. options.Select(x => x with { RoomCount = CountOf(x.Name) })];
        int? CountOf(string name) => name == nameof(PlanOptions.CutOff) ? dated : _ofWholeRooms.Contains(name) ? whole : _codes.ContainsKey(name) ? inside.GetValueOrDefault(name) : null;
    }

    // A right's line has its room's name in its property, a room's own lines have it as subject: another name alone is no change of them. Nor is a name that somebody gave a room since.
    private static async Task<Dictionary<string, int>> InsideAsync(
        PortalDbContext db, PlanHead then, PlanHead now, long batchId, string[] names, string[] codes, CancellationToken cancellationToken) =>
        (await db.Database.SqlQuery<Reach>($"""
            WITH lines AS (
                SELECT plan_id, room_id, kind, action, code, CASE WHEN kind = 'Room' THEN '' ELSE subject END AS subject, old, new, source
                FROM portal.plan_items WHERE plan_id IN ({then.Id}, {now.Id}) AND room_id IS NOT NULL AND code = ANY ({codes})),
            rooms AS (
                SELECT room_id FROM portal.plan_items WHERE plan_id IN ({then.Id}, {now.Id}) AND kind = 'Room' AND property = 'Name'
                GROUP BY room_id HAVING count(DISTINCT plan_id) = 2),
            changed AS (
                SELECT room_id, code FROM lines
                GROUP BY room_id, kind, action, code, subject, old, new, source
                HAVING count(*) FILTER (WHERE plan_id = {then.Id}) <> count(*) FILTER (WHERE plan_id = {now.Id}))
            SELECT o.name AS "Name", count(DISTINCT c.room_id)::int AS "Rooms"
            FROM unnest({names}, {codes}) AS o(name, code) JOIN changed c ON c.code = o.code JOIN rooms r ON r.room_id = c.room_id
            WHERE c.code <> ALL ({_names}) OR NOT EXISTS (SELECT 1 FROM portal.batch_changes n
                WHERE n.batch_id = {batchId} AND n.version > {then.BatchVersion} AND n.field = 'room:' || c.room_id || '.newName')
            GROUP BY o.name
            """).ToListAsync(cancellationToken)).ToDictionary(x => x.Name, x => x.Rooms, StringComparer.Ordinal);

    // Rooms that the option added or removed, not those that somebody added to the batch or removed from it.
    private static Task<int> WholeAsync(PortalDbContext db, PlanHead then, PlanHead now, long batchId, CancellationToken cancellationToken) =>
        db.Database.SqlQuery<int>($"""
            SELECT count(*)::int AS "Value" FROM (
                SELECT p.room_id FROM portal.plan_items p JOIN portal.batch_rooms b ON b.batch_id = {batchId} AND b.room_id = p.room_id
                WHERE p.plan_id IN ({then.Id}, {now.Id}) AND p.kind = 'Room' AND p.property = 'Name'
                    AND NOT EXISTS (SELECT 1 FROM portal.batch_changes c
                        WHERE c.batch_id = {batchId} AND c.version > {then.BatchVersion} AND c.field = 'room:' || p.room_id || '.member')
                GROUP BY p.room_id HAVING count(DISTINCT p.plan_id) = 1) rooms
            """).SingleAsync(cancellationToken);

    // What stays behind is decided by dates, which no line has: rooms of both plans whose messages reach into the days between the two cut-offs.
    // Rooms are kept of the current scan alone: a plan of an earlier one has no number.
    private static async Task<int?> DatedAsync(PortalDbContext db, PlanHead then, PlanHead now, CancellationToken cancellationToken)
    {
        if (!await PoolPairQueries.CurrentScans(db).AnyAsync(x => x.ScanId == now.ScanId, cancellationToken))
            return null;
        var (before, after) = (then.Options.CutOff, now.Options.CutOff);
        // Without a cut-off nothing stays behind.
        var from = before is null || after is null ? null : StartOf(before < after ? before : after);
        var until = StartOf(before is null || before < after ? after : before);
        var rooms = db.Set<PlanItem>().Where(x => x.Kind == PlanItemKinds.Room && x.Property == "Name");
        return await RoomQueries.Pairs(db)
            .Where(x => x.ScanId == now.ScanId && x.LegacyFirstMessageAt < until && (from == null || x.LegacyLastMessageAt >= from))
            .CountAsync(x => rooms.Any(item => item.PlanId == then.Id && item.RoomId == x.RoomId) && rooms.Any(item => item.PlanId == now.Id && item.RoomId == x.RoomId), cancellationToken);
    }

    private static DateTimeOffset? StartOf(DateOnly? day) => day is { } start ? new DateTimeOffset(start.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero) : null;

    private sealed record Reach(string Name, int Rooms);
}
