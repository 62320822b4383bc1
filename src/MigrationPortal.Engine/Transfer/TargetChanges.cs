using MigrationPortal.Engine.Planning;
using MigrationPortal.Engine.Sql;

namespace MigrationPortal.Engine.Transfer;

/// <summary>Whether the new pool is still what the plan was made for. Nothing is ever overwritten: what stands in the way refuses the start.</summary>
internal sealed class TargetChanges(ChatSession session, MigrationPlan plan)
{
    /// <summary>Ids of the principals that the plan mentions and the new pool has.</summary>
    public async Task<IReadOnlyDictionary<Guid, int>> ListPresentAsync(CancellationToken cancellationToken)
    {
        var mentioned = plan.Principals.Select(x => x.Guid)
            .Concat(plan.Affiliations.SelectMany(x => new[] { x.Principal, x.Affiliation })).Distinct();
        var rows = await session.ListAnyOfAsync(
            "select prinGuid, prinID, prinDisabled from tblPrincipal", "prinGuid", mentioned.Cast<object>(),
            row => (Guid: row.GetGuid(0), Id: row.TryInt(1), IsDisabled: row.TryInt(2) is not (null or 0)), cancellationToken);
        // Whoever has no number cannot be referred to; of several rows of one person the planner takes the same one.
        return rows.Where(x => x.Id is not null).OrderBy(x => x.IsDisabled).ThenBy(x => x.Id).DistinctBy(x => x.Guid).ToDictionary(x => x.Guid, x => x.Id!.Value);
    }

    public async Task<Refusal?> FindRefusalAsync(IReadOnlyDictionary<Guid, int> present, CancellationToken cancellationToken)
    {
        foreach (var person in plan.Principals)
        {
            var found = present.TryGetValue(person.Guid, out var id);
            if (person.Action == PlannedAction.Create && found) return Changed("person-exists", person.Uri);
            if (person.Action == PlannedAction.Reuse && (!found || id != person.NewId)) return Changed("person-gone", person.Uri);
        }
        return await FindNodeAsync(cancellationToken) ?? await FindUriAsync(cancellationToken) ?? await FindAddInAsync(cancellationToken);
    }

    /// <summary>
    /// Asked when a run goes on: no foreign key keeps the authors of messages, and another batch's undo may have removed somebody whom
    /// only messages need that are not copied yet. No other plan helps, since this one's rows stand.
    /// </summary>
    public async Task<Refusal?> FindGoneAsync(CancellationToken cancellationToken)
    {
        var present = await ListPresentAsync(cancellationToken);
        return plan.Principals.FirstOrDefault(x => x.Action == PlannedAction.Reuse && (!present.TryGetValue(x.Guid, out var id) || id != x.NewId)) is { } person
            ? new Refusal("author-gone", RefusalKind.Conflict, person.Uri)
            : null;
    }

    private async Task<Refusal?> FindNodeAsync(CancellationToken cancellationToken)
    {
        var nodes = await ChatSession.ListAsync(
            session.Command("select nodeID, nodeGuid, nodeType, nodeName from tblNode where nodeGuid is not null and (parentID is null or nodeID <> parentID) order by nodeID"),
            row => (Id: row.TryInt(0), Guid: row.GetGuid(1), IsCategory: row.BoolOrNull(2) ?? false, Name: row.TextOrNull(3) ?? ""), cancellationToken);
        var byGuid = nodes.DistinctBy(x => x.Guid).ToDictionary(x => x.Guid);
        var names = nodes.Select(x => NameKey(x.Name)).ToHashSet(StringComparer.Ordinal);
        foreach (var category in plan.Categories)
        {
            var found = byGuid.TryGetValue(category.Guid, out var node);
            if (category.Action == PlannedAction.Reuse)
            {
                if (!found || node.Id != category.NewId || !node.IsCategory) return Changed("category-gone", category.Name);
            }
            else if (found || names.Contains(NameKey(category.Name)))
            {
                return Changed("node-exists", category.Name);
            }
        }
        foreach (var room in plan.Rooms.Where(x => byGuid.ContainsKey(x.Guid) || names.Contains(NameKey(x.Name))))
            return Changed("node-exists", room.Name);
        return null;
    }

    private async Task<Refusal?> FindUriAsync(CancellationToken cancellationToken)
    {
        // People whose URI somebody active already had were planned as disabled; theirs is known.
        var wanted = plan.Principals.Where(x => x is { Action: PlannedAction.Create, Disabled: not 2 }).Select(x => NameKey(x.Uri)).ToHashSet(StringComparer.Ordinal);
        var active = session.Command("select prinUri from tblPrincipal where prinDisabled = 0 and prinUri is not null order by prinID");
        await foreach (var uri in ChatSession.StreamAsync(active, row => row.TextOrNull(0)!, cancellationToken))
            if (wanted.Contains(NameKey(uri))) return Changed("address-taken", uri);
        return null;
    }

    private async Task<Refusal?> FindAddInAsync(CancellationToken cancellationToken)
    {
        var present = await ChatSession.ListAsync(
            session.Command("select siopID, siopName from tblSiopWhiteList"), row => (Id: row.GuidOrEmpty(0), Name: row.TextOrNull(1) ?? ""), cancellationToken);
        foreach (var addIn in plan.AddIns)
        {
            var found = present.Exists(x => x.Id == addIn.Id);
            if (addIn.Action == PlannedAction.Reuse && !found) return Changed("add-in-gone", addIn.Name);
            if (addIn.Action == PlannedAction.Create && (found || present.Exists(x => NameKey(x.Name) == NameKey(addIn.Name))))
                return Changed("add-in-exists", addIn.Name);
        }
        return null;
    }

    private string NameKey(string visible) => session.Dialect.NameKey(VisibleText.Raw(visible));

    private static Refusal Changed(string what, string name) => new("target-changed", RefusalKind.Stale, new Wording($"target-changed.{what}", name));
}
