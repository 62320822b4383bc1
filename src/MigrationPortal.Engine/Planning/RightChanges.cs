namespace MigrationPortal.Engine.Planning;

/// <summary>
/// Compares what the legacy server lets people do with what the plan will. Rights that were inherited and are written out are the same
/// rights; a manager of the root managed every room before, too. What is left are the gains and losses of the mapping's rules.
/// </summary>
internal static class RightChanges
{
    // Rights that only a choice of the options gives.
    private static readonly HashSet<string> _given = ["PresenterMadeMember", "ScopeUndecidedKept"];

    public static IReadOnlyList<RightChange> Of(PlanFacts facts)
    {
        var accounts = NewAccounts.Of(facts.Request.New);
        return [.. facts.Rooms.SelectMany(room => OfRoom(room, facts.People, accounts)).Concat(facts.Plan.Categories.SelectMany(category => OfCategory(category, facts))).Distinct()];
    }

    private static IEnumerable<RightChange> OfRoom(RoomFacts room, LegacyPeople people, Dictionary<Guid, ChatPrincipal> accounts)
    {
        foreach (var grant in room.Rights.Grants)
        {
            var person = people.Of(grant.Principal);
            // A reused account is used as it stands: who was locked out in the old pool may be active in the new one, and the reverse.
            var present = accounts.GetValueOrDefault(person.Guid);
            if (_given.Contains(grant.Code))
                yield return Change(grant, false, true, grant.Code);
            else if (person.Disabled != 0 && present is { Disabled: 0 })
                yield return Change(grant, false, true, "AccountActive");
            else if (person.Disabled == 0 && present is not null and not { Disabled: 0 })
                yield return Change(grant, true, false, "AccountDisabled");
            else if (person.Disabled == 0 && grant.Principal.Disabled != 0)
                yield return Change(grant, false, true, "PersonMerged");
        }

        foreach (var lost in room.Rights.Lost.Where(lost => lost.Loses))
            yield return new(lost.Principal.Guid, DisplayNames.Of(people.Of(lost.Principal)), room.Planned.Guid, room.Planned.Name, lost.Type.ToString(), true, false, lost.Code);

        RightChange Change(Grant grant, bool before, bool after, string cause) =>
            new(grant.Principal.Guid, DisplayNames.Of(people.Of(grant.Principal)), room.Planned.Guid, room.Planned.Name, grant.Type.ToString(), before, after, cause);
    }

    private static IEnumerable<RightChange> OfCategory(PlannedCategory category, PlanFacts facts)
    {
        foreach (var decision in category.Decisions.Where(d => d.Code == "Admitted"))
            if (decision.Principal is { } admitted)
                yield return new(admitted, decision.New!, null, category.Name, "Eligible", false, true, "Admitted");
        if (category is not { Action: PlannedAction.Reuse, NewId: { } node })
            yield break;
        var people = facts.Request.New.Principals.ToDictionary(p => p.PrincipalId);
        var allowed = facts.Request.New.Scopes.Where(s => s.NodeId == node && !s.IsDenied).Select(s => people.GetValueOrDefault(s.PrincipalId)).OfType<ChatPrincipal>().ToList();
        foreach (var wider in allowed.Where(p => !category.Scope.Contains(p.Guid)))
            yield return new(wider.Guid, DisplayNames.Of(wider), null, category.Name, "Eligible", false, true, "CategoryDrift");
        var creators = facts.Request.New.Roles.Where(r => r.NodeId == node && r.Type == RoleType.Creator).Select(r => people.GetValueOrDefault(r.PrincipalId)).OfType<ChatPrincipal>();
        foreach (var more in creators.Where(p => !category.Creators.Contains(p.Guid)))
            yield return new(more.Guid, DisplayNames.Of(more), null, category.Name, "Creator", false, true, "CategoryDrift");
        foreach (var gone in category.Scope.Where(guid => allowed.TrueForAll(p => p.Guid != guid)))
            yield return new(gone, facts.People.Find(gone) is { } p ? DisplayNames.Of(p) : gone.ToString(), null, category.Name, "Eligible", true, false, "CategoryDrift");
    }
}
