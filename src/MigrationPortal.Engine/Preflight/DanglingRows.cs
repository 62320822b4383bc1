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
                yield return new Finding(RuleId, Severity.Warning, room.Room.Guid, room.Room.Name, found.Count, Described(found[0]))
                {
                    Evidence = Wording.OfText(string.Join("; ", found.Take(50).Select(Described))),
                };
        }

        foreach (var finding in OfPool(facts, legacy))
            yield return finding;
    }

    private static IEnumerable<Finding> OfPool(PlanFacts facts, ChatPool legacy)
    {
        var nowhere = legacy.Roles.Where(role => facts.Tree.Find(role.NodeId) is null).Select(role => (role.NodeId, role.PrincipalId, Table: "tblPrincipalRole"))
            .Concat(legacy.Scopes.Where(scope => facts.Tree.Find(scope.NodeId) is null).Select(scope => (scope.NodeId, scope.PrincipalId, Table: "tblScopePrincipal"))).ToList();
        if (nowhere.Count > 0)
            yield return new Finding($"{RuleId}.pool", Severity.Warning, null, "unknown-rooms", nowhere.Count, Described(nowhere[0]));
    }

    private static string Described((int NodeId, int PrincipalId, string Table) row) => $"{row.Table}: node {row.NodeId}, principal {row.PrincipalId}";
}
