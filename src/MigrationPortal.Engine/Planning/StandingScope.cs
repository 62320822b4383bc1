namespace MigrationPortal.Engine.Planning;

/// <summary>Who can be given a right under a category that somebody changed since it was planned.</summary>
/// <param name="known">Those of <paramref name="allowed"/> whom the legacy pool knows: nobody else comes with a batch.</param>
internal sealed class StandingScope(Containment containment, LegacyPeople people, IReadOnlyList<ChatPrincipal> known, ScopeSet allowed, ScopeSet denied)
{
    // Thousands of rooms give the same people rights.
    private readonly Dictionary<int, IReadOnlyList<ChatPrincipal>> _kept = [];

    /// <summary>What remains of rights that the legacy pool gives: it only ever takes away, and what it takes is lost by name.</summary>
    public RightsList Narrow(RightsList rights)
    {
        if (rights.Grants.All(grant => Keep(grant) is [var only] && only.Guid == grant.Principal.Guid))
            return rights;
        var narrowed = new RightsList();
        narrowed.Ask(rights.Asked);
        foreach (var grant in rights.Grants.Where(grant => grant.Type != RoleType.Voiced))
            Pass(grant, Keep(grant), narrowed, "OutOfStanding");
        // A presenter must be a member (trap 17).
        var members = narrowed.Of(RoleType.Member).Select(member => member.Guid).ToHashSet();
        foreach (var grant in rights.Grants.Where(grant => grant.Type == RoleType.Voiced))
        {
            var kept = Keep(grant);
            List<ChatPrincipal> presenters = [.. kept.Where(principal => members.Contains(principal.Guid))];
            Pass(grant, presenters, narrowed, presenters.Count < kept.Count ? "PresenterNotMember" : "OutOfStanding");
        }

        foreach (var lost in rights.Lost)
            narrowed.Lose(lost);
        return narrowed;
    }

    private static void Pass(Grant grant, IReadOnlyList<ChatPrincipal> remaining, RightsList narrowed, string code)
    {
        var isWhole = false;
        foreach (var principal in remaining)
        {
            isWhole |= principal.Guid == grant.Principal.Guid;
            narrowed.Add(principal.Guid == grant.Principal.Guid ? grant : grant with { Principal = principal, Code = RightChanges.Given.Contains(grant.Code) ? grant.Code : "Narrowed" });
        }

        if (!isWhole)
            narrowed.Lose(new(grant.Principal, grant.Type, code, grant.Source, Loses: grant.Code is not ("PresenterMadeMember" or "FederatedKept")));
    }

    // Federated people are in no scope; their right gives nothing, and is kept to show who was there.
    private IReadOnlyList<ChatPrincipal> Keep(Grant grant) =>
        grant.Code == "FederatedKept" ? (IsDenied(grant.Principal) ? [] : [grant.Principal]) : Keep(grant.Principal);

    private IReadOnlyList<ChatPrincipal> Keep(ChatPrincipal principal)
    {
        if (!_kept.TryGetValue(principal.PrincipalId, out var kept))
            _kept[principal.PrincipalId] = kept = Decide(principal);
        return kept;
    }

    private IReadOnlyList<ChatPrincipal> Decide(ChatPrincipal principal)
    {
        if (IsDenied(principal))
            return [];
        if (RowsOf(principal).Any(row => containment.IsWithinAny(row.PrincipalId, allowed)))
            return [principal];
        return Containment.IsContainer(principal.Type)
            ? [.. known.Where(inside => containment.IsWithin(inside.PrincipalId, principal.PrincipalId) && !IsDenied(inside)).DistinctBy(inside => inside.Guid)]
            : [];
    }

    private bool IsDenied(ChatPrincipal principal) => RowsOf(principal).Any(row => containment.IsWithinAny(row.PrincipalId, denied));

    // Somebody may have several rows, of which another one is in the group.
    private IEnumerable<ChatPrincipal> RowsOf(ChatPrincipal principal) => people.RowsOf(principal.Guid).DefaultIfEmpty(principal);
}
