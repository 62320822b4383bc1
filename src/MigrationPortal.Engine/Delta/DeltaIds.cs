using System.Globalization;
using MigrationPortal.Engine.Planning;
using MigrationPortal.Engine.Transfer;

namespace MigrationPortal.Engine.Delta;

/// <summary>Which ids a delta goes by: those of rows that stand in the ledger are kept, everything else gets a new number above what is there.</summary>
internal static class DeltaIds
{
    public static IdAllocation Written(IdAllocation saved, IEnumerable<LedgerRow> ledger)
    {
        var keys = ledger.Where(x => x.Table is "tblNode" or "tblPrincipal").Select(x => (x.Table, x.Key)).ToHashSet();
        return new IdAllocation(Of("tblNode", saved.Nodes), Of("tblPrincipal", saved.Principals));

        Dictionary<Guid, int> Of(string table, IReadOnlyDictionary<Guid, int> ids) =>
            ids.Where(x => keys.Contains((table, x.Value.ToString(CultureInfo.InvariantCulture)))).ToDictionary();
    }

    public static IdAllocation Extend(IdAllocation written, MigrationPlan plan, TargetFacts facts)
    {
        var more = IdAllocator.Allocate(plan with
        {
            Categories = [.. plan.Categories.Where(x => !written.Nodes.ContainsKey(x.Guid))],
            Rooms = [.. plan.Rooms.Where(x => !written.Nodes.ContainsKey(x.Guid))],
        }, facts);
        return new IdAllocation(Union(written.Nodes, more.Nodes), Union(written.Principals, more.Principals));
    }

    private static Dictionary<Guid, int> Union(IReadOnlyDictionary<Guid, int> one, IReadOnlyDictionary<Guid, int> two) => one.Concat(two).ToDictionary();
}
