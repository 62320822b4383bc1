using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Engine.Planning;
using MigrationPortal.PoolPairs;

namespace MigrationPortal.Batches.Planning;

/// <summary>
/// How many rooms a changed option affects: rooms of both plans with a line that one plan has, for a reason that the option decides, and the other has
/// not. Options about categories, accounts and the directory reach no room by themselves and have no number.
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
        [nameof(PlanOptions.CutOff)] = ["MessagesCopied"],
    };

    // With these, rooms of the batch are planned or not.
    private static readonly string[] _ofWholeRooms = [nameof(PlanOptions.DisabledRooms), nameof(PlanOptions.RoomUnderRoot)];

    public static async Task<IReadOnlyList<OptionDifference>> CountAsync(PortalDbContext db, PlanHead then, PlanHead now, long batchId, CancellationToken cancellationToken)
    {
        var options = OptionDifference.Between(then.Options, now.Options);
        var pairs = options.SelectMany(x => _codes.GetValueOrDefault(x.Name) ?? [], (x, code) => (x.Name, Code: code)).ToList();
        var (names, codes) = (pairs.ConvertAll(x => x.Name).ToArray(), pairs.ConvertAll(x => x.Code).ToArray());
        var inside = pairs.Count == 0 ? [] : await InsideAsync(db, then.Id, now.Id, names, codes, cancellationToken);
        var whole = options.Any(x => _ofWholeRooms.Contains(x.Name)) ? await WholeAsync(db, then, now, batchId, cancellationToken) : 0;
        return [.. options.Select(x => x with { RoomCount = _ofWholeRooms.Contains(x.Name) ? whole : _codes.ContainsKey(x.Name) ? inside.GetValueOrDefault(x.Name) : null })];
    }

    // A right's line has its room's name in its property, lines of rooms and messages have it as subject: another name alone is no change of them.
    private static async Task<Dictionary<string, int>> InsideAsync(PortalDbContext db, long before, long after, string[] names, string[] codes, CancellationToken cancellationToken) =>
        (await db.Database.SqlQuery<Reach>($"""
            WITH lines AS (
                SELECT plan_id, room_id, kind, action, code, CASE WHEN kind IN ('Room', 'Messages') THEN '' ELSE subject END AS subject, old, new, source
                FROM portal.plan_items WHERE plan_id IN ({before}, {after}) AND room_id IS NOT NULL AND code = ANY ({codes})),
            rooms AS (
                SELECT room_id FROM portal.plan_items WHERE plan_id IN ({before}, {after}) AND kind = 'Room' AND property = 'Name'
                GROUP BY room_id HAVING count(DISTINCT plan_id) = 2),
            changed AS (
                SELECT room_id, code FROM lines
                GROUP BY room_id, kind, action, code, subject, old, new, source
                HAVING count(*) FILTER (WHERE plan_id = {before}) <> count(*) FILTER (WHERE plan_id = {after}))
            SELECT o.name AS "Name", count(DISTINCT c.room_id)::int AS "Rooms"
            FROM unnest({names}, {codes}) AS o(name, code) JOIN changed c ON c.code = o.code JOIN rooms r ON r.room_id = c.room_id
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

    private sealed record Reach(string Name, int Rooms);
}
