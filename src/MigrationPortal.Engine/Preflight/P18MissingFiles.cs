using MigrationPortal.Engine.Planning;

namespace MigrationPortal.Engine.Preflight;

/// <summary>
/// P18: messages link to files by name; a name that the file store lacks stays a dead link (trap 39). Files that nothing links to stay
/// behind, and all of them do where the new store is not configured: both are said.
/// </summary>
internal sealed class P18MissingFiles : IPreflightRule
{
    private const string Store = "File store";

    public IEnumerable<Finding> Check(PlanFacts facts)
    {
        var linked = facts.Rooms.Select(x => (x.Room, Files: facts.Request.Files?.GetValueOrDefault(x.Room.Guid))).Where(x => x.Files is { Links: > 0 }).ToList();
        var missing =
            from x in linked
            let files = x.Files
            where files.MissingCount > 0
            select new Finding("P18", Severity.Warning, x.Room.Guid, x.Room.Name,
                $"{files.MissingCount} of the files that its messages link to {(files.MissingCount == 1 ? "is" : "are")} not in the file store: {string.Join(", ", files.Missing.Take(3))}.",
                string.Join("; ", files.Missing));
        return missing.Concat(OfStore(facts.Request.Store, linked.Count));
    }

    private static IEnumerable<Finding> OfStore(LegacyFiles? store, int linkingRooms)
    {
        if (store is { IsMoved: false } && linkingRooms > 0)
            yield return new Finding("P18", Severity.Warning, null, Store,
                $"Messages of {Counted.Rooms(linkingRooms)} link to files, and the portal does not move this pool's files: New:FileStore is not configured. Configure it, or copy the whole file store by other means.");
        else if (store is { Orphans: > 0 })
            yield return new Finding("P18", Severity.Info, null, Store,
                $"{Counted.Of(Bound(store.Orphans), "file")} ({store.OrphanBytes} bytes) of the legacy file store {(store.Orphans == 1 ? "is" : "are")} linked by no message and will stay behind.");
    }

    private static int Bound(long count) => (int)Math.Min(count, int.MaxValue);
}
