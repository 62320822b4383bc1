using MigrationPortal.Engine.Planning;

namespace MigrationPortal.Engine.Preflight;

/// <summary>
/// P18: messages link to files by name; a name that the file store lacks stays a dead link (trap 39). Files that nothing links to stay
/// behind, and all of them do where the new store is not configured: both are said.
/// </summary>
internal sealed class P18MissingFiles : IPreflightRule
{
    private const string Store = "file-store";

    public IEnumerable<Finding> Check(PlanFacts facts)
    {
        var linked = facts.Rooms.Select(x => (x.Room, Files: facts.Request.Files?.GetValueOrDefault(x.Room.Guid))).Where(x => x.Files is { Links: > 0 }).ToList();
        var missing =
            from x in linked
            let files = x.Files
            where files.MissingCount > 0
            select new Finding("P18.missing", Severity.Warning, x.Room.Guid, x.Room.Name, files.MissingCount, files.Missing.Take(3).Select(Named))
            {
                Evidence = NameList.Evidence(files.Missing.Select(Named).ToList(), files.Missing.Count),
            };
        return missing.Concat(OfStore(facts.Request.Store, linked.Count));
    }

    // "budget.xls (Ambiguous)": a name, and where it is there but cannot be copied, why.
    private static Wording Named(string missing) =>
        missing.EndsWith(')') && missing.LastIndexOf(" (", StringComparison.Ordinal) is > 0 and var bracket && missing[(bracket + 2)..^1] is "LeavesStore" or "LinkUnreadable" or "NotRegular" or "NameRefused" or "Ambiguous"
            ? new($"FileProblem.{missing[(bracket + 2)..^1]}", missing[..bracket])
            : Wording.OfText(missing);

    private static IEnumerable<Finding> OfStore(LegacyFiles? store, int linkingRooms)
    {
        if (store is { IsMoved: false } && linkingRooms > 0)
            yield return new Finding("P18.not-moved", Severity.Warning, null, Store, linkingRooms);
        else if (store is { Orphans: > 0 })
            yield return new Finding("P18.orphans", Severity.Info, null, Store, store.Orphans, store.OrphanBytes);
    }
}
