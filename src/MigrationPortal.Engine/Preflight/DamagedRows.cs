using MigrationPortal.Engine.Planning;

namespace MigrationPortal.Engine.Preflight;

/// <summary>
/// Values that are missing or mean nothing, named with table, column and row. What a room needs blocks it and no other; what was assumed
/// instead is a warning; what keeps the new pool from taking anything is one sentence for the pool.
/// </summary>
internal sealed class DamagedRows : IPreflightRule
{
    private const string RuleId = "DamagedRow";

    public IEnumerable<Finding> Check(PlanFacts facts) =>
        OfPool(facts.Request.New.Faults.Where(fault => fault is { NodeId: null, PrincipalId: null, Blocks: true }), "new")
            .Concat(OfPool(facts.Request.Legacy.Faults.Where(fault => fault is { NodeId: null, PrincipalId: null }), "legacy"))
            .Concat(OfNodes(facts)).Concat(OfPeople(facts)).Concat(OfNewCategories(facts));

    private static IEnumerable<Finding> OfPool(IEnumerable<RowFault> faults, string pool) => faults.Select(fault => fault.Blocks
        ? new Finding(RuleId, Severity.Blocker, fault.Table.Length == 0 ? fault.Problem : new Wording($"{RuleId}.{pool}", fault.Sentence), null, Subject(fault))
        : new Finding($"{RuleId}.{pool}-ignored", Severity.Warning, null, Subject(fault), fault.Sentence));

    private static IEnumerable<Finding> OfNodes(PlanFacts facts)
    {
        var faults = facts.Request.Legacy.Faults.Where(fault => fault.NodeId is not null).ToLookup(fault => fault.NodeId!.Value);
        if (faults.Count == 0)
            yield break;
        foreach (var room in Chosen(facts))
            foreach (var node in facts.Tree.PathOf(room) ?? [room])
                foreach (var fault in faults[node.NodeId].Where(fault => !IsMended(fault, room, facts)))
                    yield return Of(room, fault);
    }

    // A name that people chose stands in for the one that is missing.
    private static bool IsMended(RowFault fault, ChatNode room, PlanFacts facts) =>
        fault.Column == "nodeName" && fault.NodeId == room.NodeId && facts.Request.NewNames.ContainsKey(room.Guid);

    private static IEnumerable<Finding> OfPeople(PlanFacts facts)
    {
        var faults = facts.Request.Legacy.Faults.Where(fault => fault.PrincipalId is not null).ToLookup(fault => fault.PrincipalId!.Value);
        if (faults.Count == 0)
            yield break;
        var created = facts.Plan.Principals.Where(person => person.Action == PlannedAction.Create).ToDictionary(person => person.Guid);
        var needs = new RoomNeeds(facts.Plan);
        var unread = faults.Select(group => group.Key).Where(id => facts.Containment.Find(id) is null).ToHashSet();
        var rows = facts.Request.Legacy.Roles.Where(role => unread.Contains(role.PrincipalId)).Select(role => (role.NodeId, role.PrincipalId))
            .Concat(facts.Request.Legacy.Scopes.Where(scope => unread.Contains(scope.PrincipalId)).Select(scope => (scope.NodeId, scope.PrincipalId)))
            .ToLookup(row => row.NodeId, row => row.PrincipalId);
        foreach (var room in facts.Rooms)
        {
            var ids = needs.Of(room.Planned).Distinct().SelectMany(guid => created.GetValueOrDefault(guid)?.LegacyIds ?? [])
                .Concat(facts.Tree.PathOf(room.Room)!.SelectMany(node => rows[node.NodeId]))
                .Concat(room.Planned.Authors.Concat([room.Room.AddedBy, room.Room.UpdatedBy]).Where(unread.Contains))
                .Distinct().Order();
            foreach (var fault in ids.SelectMany(id => faults[id]))
                yield return Of(room.Room, fault);
        }
    }

    private static IEnumerable<Finding> OfNewCategories(PlanFacts facts)
    {
        var faults = facts.Request.New.Faults.Where(fault => fault is { NodeId: not null, Blocks: true }).ToLookup(fault => fault.NodeId!.Value);
        var reused = facts.Plan.Categories.Where(category => category.NewId is { } id && faults.Contains(id)).ToDictionary(category => category.Guid, category => category.NewId!.Value);
        return
            from room in facts.Rooms
            where reused.ContainsKey(room.Planned.Category)
            from fault in faults[reused[room.Planned.Category]]
            select new Finding(
                RuleId, Severity.Blocker, new Wording($"{RuleId}.category", fault.Sentence), room.Room.Guid, room.Room.Name, Wording.OfText(Subject(fault)));
    }

    private static IEnumerable<ChatNode> Chosen(PlanFacts facts) => facts.Rooms.Select(room => room.Room).Concat(facts.Broken.Select(broken => broken.Room));

    private static Finding Of(ChatNode room, RowFault fault) => new(
        RuleId, fault.Blocks ? Severity.Blocker : Severity.Warning, new Wording(RuleId, fault.Sentence), room.Guid, room.Name, Wording.OfText(Subject(fault)));

    private static string Subject(RowFault fault) => fault.Table.Length == 0 ? fault.Key : $"{fault.Table}.{fault.Column}, {fault.Key}";
}
