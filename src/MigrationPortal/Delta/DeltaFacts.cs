using MigrationPortal.Delta.Warnings;
using MigrationPortal.Engine.Planning;
using MigrationPortal.Reviews.Policy;

namespace MigrationPortal.Delta;

/// <summary>What a delta amounts to, for the rules of a review policy: what it changes itself. What was moved before, somebody approved already.</summary>
internal static class DeltaFacts
{
    public static Dictionary<string, long> Count(PlannedDelta delta)
    {
        var counted = Count(delta.Before, delta.Plan);
        foreach (var (name, count) in Count(delta.Warnings))
            counted[name] = count;
        return counted;
    }

    /// <summary>Nobody acknowledges a warning of a delta, all at once or otherwise.</summary>
    public static Dictionary<string, long> Count(IReadOnlyList<DeltaWarning> warnings)
    {
        var counted = warnings.GroupBy(x => ReviewFacts.WarningsOfRule + x.RuleId, StringComparer.Ordinal).ToDictionary(x => x.Key, x => x.LongCount(), StringComparer.Ordinal);
        counted[ReviewFacts.Warnings] = warnings.Count;
        counted[ReviewFacts.BulkAcknowledged] = 0;
        return counted;
    }

    /// <summary>By guid: names are not unique.</summary>
    public static Dictionary<string, long> Count(MigrationPlan before, MigrationPlan now)
    {
        // A room that the last plan lacks was set aside then, so nobody approved what is in it.
        var old = before.Rooms.ToDictionary(x => x.Guid);
        var shown = now.Rooms.Where(x => old.GetValueOrDefault(x.Guid)?.Visibility != x.Visibility).ToList();
        var known = before.Principals.Select(x => x.Guid).ToHashSet();
        return new(StringComparer.Ordinal)
        {
            [ReviewFacts.Rooms] = now.Rooms.Count,
            [ReviewFacts.Messages] = now.Rooms.Sum(x => Math.Max(0L, x.Messages.Count - (old.GetValueOrDefault(x.Guid)?.Messages.Count ?? 0))),
            [ReviewFacts.ClosedRooms] = shown.Count(x => x.Visibility == "scope"),
            [ReviewFacts.SecretRooms] = shown.Count(x => x.Visibility == "private"),
            [ReviewFacts.Gaining] = InRooms(old, now).Concat(InCategories(old, before, now)).Distinct().Count(),
            [ReviewFacts.RootManagers] = RootManagers(old, now).Distinct().Count(),
            [ReviewFacts.Federated] = now.Principals.Count(x => !known.Contains(x.Guid) && x.Decisions.Any(d => d.Code == "FederatedDisabled")),
        };
    }

    private static IEnumerable<Guid> InRooms(Dictionary<Guid, PlannedRoom> old, MigrationPlan now) =>
        from room in now.Rooms
        let then = old.GetValueOrDefault(room.Guid)
        from person in Added(then?.Members, room.Members).Concat(Added(then?.Managers, room.Managers)).Concat(Added(then?.Presenters, room.Presenters))
        select person;

    // Who may be added to a room that changes its category is new there compared with the category it was in.
    private static IEnumerable<Guid> InCategories(Dictionary<Guid, PlannedRoom> old, MigrationPlan before, MigrationPlan now)
    {
        var categories = before.Categories.ToDictionary(x => x.Guid);
        var origins = now.Rooms.Where(x => old.ContainsKey(x.Guid)).ToLookup(x => x.Category, x => old[x.Guid].Category);
        return
            from category in now.Categories
            from then in origins[category.Guid].Append(category.Guid).Distinct().Where(categories.ContainsKey).Select(x => categories[x]).DefaultIfEmpty()
            from person in Added(then?.Scope, category.Scope).Concat(Added(then?.Creators, category.Creators))
            select person;
    }

    private static IEnumerable<Guid> RootManagers(Dictionary<Guid, PlannedRoom> old, MigrationPlan now) =>
        from room in now.Rooms
        let then = Added(old.GetValueOrDefault(room.Guid)?.Managers, room.Managers).ToHashSet()
        from decision in room.Decisions
        where decision.Code == "ManagerOfRoot" && decision.Principal is { } person && then.Contains(person)
        select decision.Principal!.Value;

    private static IEnumerable<Guid> Added(IReadOnlyList<Guid>? then, IReadOnlyList<Guid> now) => then is null ? now : now.Except(then);
}
