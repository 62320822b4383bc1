namespace MigrationPortal.Engine.Planning;

/// <summary>
/// Compares what the legacy server lets people do with what the plan will. Rights that were inherited and are written out are the same
/// rights; a manager of the root managed every room before, too. What is left are the gains and losses of the mapping's rules.
/// </summary>
internal static class RightChanges
{
    /// <summary>Codes of rights that only a choice of the options gives.</summary>
    public static readonly IReadOnlySet<string> Given = new HashSet<string>(StringComparer.Ordinal) { "PresenterMadeMember", "ScopeUndecidedKept" };

    public static IReadOnlyList<RightChange> Of(PlanFacts facts)
    {
        var accounts = NewAccounts.Of(facts.Request.New);
        var present = new PresentRights(facts.Request.New);
        return [.. facts.Rooms.SelectMany(room => OfRoom(room, facts.People, accounts)).Concat(facts.Plan.Categories.SelectMany(category => OfCategory(category, facts.People, present))).Distinct()];
    }

    private static IEnumerable<RightChange> OfRoom(RoomFacts room, LegacyPeople people, Dictionary<Guid, ChatPrincipal> accounts)
    {
        foreach (var grant in room.Rights.Grants)
        {
            var person = people.Of(grant.Principal);
            // A reused account is used as it stands: who was locked out in the old pool may be active in the new one, and the reverse.
            var present = accounts.GetValueOrDefault(person.Guid);
            if (Given.Contains(grant.Code))
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

    private static IEnumerable<RightChange> OfCategory(PlannedCategory category, LegacyPeople legacy, PresentRights present)
    {
        var admitted = category.Decisions.Where(d => d.Code == "Admitted" && d.Principal is not null).ToList();
        if (category is not { Action: PlannedAction.Reuse, NewId: { } node })
        {
            foreach (var decision in admitted)
                yield return new(decision.Principal!.Value, decision.New!, null, category.Name, "Eligible", false, true, "Admitted");
            yield break;
        }

        // A category that stands is not changed: the option takes nobody in there, and whom it would have taken in has nothing to lose.
        var outsiders = admitted.Select(d => d.Principal!.Value).ToHashSet();
        var allowed = present.AllowedIn(node);
        var (scope, creators) = (category.Scope.ToHashSet(), category.Creators.ToHashSet());
        foreach (var wider in allowed.Where(p => !scope.Contains(p.Guid)))
            yield return new(wider.Guid, DisplayNames.Of(wider), null, category.Name, "Eligible", false, true, "CategoryDrift");
        foreach (var more in present.CreatorsIn(node).Where(p => !creators.Contains(p.Guid)))
            yield return new(more.Guid, DisplayNames.Of(more), null, category.Name, "Creator", false, true, "CategoryDrift");
        var kept = allowed.Select(p => p.Guid).ToHashSet();
        foreach (var gone in category.Scope.Where(guid => !kept.Contains(guid) && !outsiders.Contains(guid)))
            yield return new(gone, legacy.Find(gone) is { } p ? DisplayNames.Of(p) : gone.ToString(), null, category.Name, "Eligible", true, false, "CategoryDrift");
    }

    // Hundreds of categories of the new pool may hold thousands of people each.
    private sealed class PresentRights(ChatPool pool)
    {
        private readonly Dictionary<int, ChatPrincipal> _people = pool.Principals.ToDictionary(p => p.PrincipalId);
        private readonly ILookup<int, int> _allowed = pool.Scopes.Where(s => !s.IsDenied).ToLookup(s => s.NodeId, s => s.PrincipalId);
        private readonly ILookup<int, int> _creators = pool.Roles.Where(r => r.Type == RoleType.Creator).ToLookup(r => r.NodeId, r => r.PrincipalId);

        public List<ChatPrincipal> AllowedIn(int node) => Known(_allowed[node]);

        public List<ChatPrincipal> CreatorsIn(int node) => Known(_creators[node]);

        private List<ChatPrincipal> Known(IEnumerable<int> ids) => [.. ids.Select(id => _people.GetValueOrDefault(id)).OfType<ChatPrincipal>()];
    }
}
