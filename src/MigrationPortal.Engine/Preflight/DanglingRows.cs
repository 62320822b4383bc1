using MigrationPortal.Engine.Planning;

namespace MigrationPortal.Engine.Preflight;

/// <summary>Rows about a person, room or category that is not there: they gave nobody anything, are not carried, and people are told.</summary>
internal sealed class DanglingRows : IPreflightRule
{
    private const string RuleId = "DanglingRow";

    public IEnumerable<Finding> Check(PlanFacts facts)
    {
        var legacy = facts.Request.Legacy;
        var damaged = legacy.Faults.Select(fault => fault.PrincipalId).OfType<int>().ToHashSet();
        bool IsNobody(int id) => facts.Containment.Find(id) is null && !damaged.Contains(id);
        var rows = legacy.Roles.Where(role => IsNobody(role.PrincipalId)).Select(role => (role.NodeId, role.PrincipalId, Table: "tblPrincipalRole"))
            .Concat(legacy.Scopes.Where(scope => IsNobody(scope.PrincipalId)).Select(scope => (scope.NodeId, scope.PrincipalId, Table: "tblScopePrincipal")))
            .ToLookup(row => row.NodeId);
        foreach (var room in rows.Count == 0 ? [] : facts.Rooms)
        {
            var found = facts.Tree.PathOf(room.Room)!.SelectMany(node => rows[node.NodeId]).ToList();
            if (found.Count > 0)
                yield return new Finding(RuleId, Severity.Warning, room.Room.Guid, room.Room.Name,
                    $"{Counted.Of(found.Count, "row")} of the room, or of the categories above it, {(found.Count == 1 ? "names" : "name")} somebody whom tblPrincipal does not have ({Described(found[0])}): nobody has these rights, and they are not carried.",
                    string.Join("; ", found.Take(50).Select(Described)));
        }

        foreach (var finding in OfPool(facts, legacy))
            yield return finding;
    }

    private static IEnumerable<Finding> OfPool(PlanFacts facts, ChatPool legacy)
    {
        var nowhere = legacy.Roles.Where(role => facts.Tree.Find(role.NodeId) is null).Select(role => (role.NodeId, role.PrincipalId, Table: "tblPrincipalRole"))
            .Concat(legacy.Scopes.Where(scope => facts.Tree.Find(scope.NodeId) is null).Select(scope => (scope.NodeId, scope.PrincipalId, Table: "tblScopePrincipal"))).ToList();
        if (nowhere.Count > 0)
            yield return new Finding(RuleId, Severity.Warning, null, "Rights of rooms that are not there",
                $"{Counted.Of(nowhere.Count, "row")} of the old pool {(nowhere.Count == 1 ? "is" : "are")} about a room or category that tblNode does not have ({Described(nowhere[0])}); none of them is carried.");
    }

    private static string Described((int NodeId, int PrincipalId, string Table) row) => $"{row.Table}: node {row.NodeId}, principal {row.PrincipalId}";
}
