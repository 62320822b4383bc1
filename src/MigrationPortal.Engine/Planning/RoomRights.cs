namespace MigrationPortal.Engine.Planning;

/// <summary>
/// Members, managers and presenters of a room, and creators of a category, as the legacy server computes them: members start at
/// the role definer, managers always at the root (traps 10 and 11), presenters stand on the room itself.
/// </summary>
internal sealed class RoomRights(LegacyTree tree, EffectiveSettings settings, Containment containment, RoleRows rows, ILookup<int, ChatRole> roles, PlanOptions options)
{
    /// <summary>Null when roleDefinerId is neither the node nor one of its ancestors.</summary>
    public RightsList? OfRoom(ChatNode room, ScopeSet scope)
    {
        if (Definer(room) is not { } definer)
            return null;
        var path = tree.PathOf(room)!;
        var rights = new RightsList();
        foreach (var row in MemberRows(path, definer))
            rows.Pass(row, RoleType.Member, row.NodeId == room.NodeId ? "MemberOwn" : "MemberInherited", scope, rights);
        foreach (var row in path.Reverse().SelectMany(node => Rows(node, RoleType.Manager)))
            rows.Pass(row, RoleType.Manager, ManagerCode(row, room), scope, rights);
        AddPresenters(room, scope, rights);
        return rights;
    }

    public RightsList OfCategory(ChatNode category, ScopeSet scope)
    {
        var rights = new RightsList();
        if (options.Creators == Creators.None)
            return rights;
        var path = tree.PathOf(category)!;
        foreach (var row in path.Reverse().SelectMany(node => Rows(node, RoleType.Manager)))
            rows.Pass(row, RoleType.Creator, "CreatorFromManager", scope, rights);
        if (options.Creators == Creators.ManagersAndMembers && settings.MembersMayCreate(category) && Definer(category) is { } definer)
        {
            foreach (var row in MemberRows(path, definer))
                rows.Pass(row, RoleType.Creator, "CreatorFromMember", scope, rights);
        }

        return rights;
    }

    private ChatNode? Definer(ChatNode node) => node.RoleDefinerId is { } id
        ? tree.Definer(node, id)
        : tree.PathOf(node)?.LastOrDefault(n => n.OverrideMember) ?? tree.Root;

    // Own rows first, so that a right that stands twice keeps its nearest source.
    private IEnumerable<ChatRole> MemberRows(IReadOnlyList<ChatNode> path, ChatNode definer)
    {
        var start = Enumerable.Range(0, path.Count).First(i => path[i].NodeId == definer.NodeId);
        var below = path.Skip(start).Reverse().SelectMany(node => Rows(node, RoleType.Member));
        var above = path.Take(start).Reverse().SelectMany(node => Rows(node, RoleType.Member)).Where(row => row.HonorsOverride == false);
        return below.Concat(above);
    }

    private IEnumerable<ChatRole> Rows(ChatNode node, RoleType type) => roles[node.NodeId].Where(row => row.Type == type);

    private string ManagerCode(ChatRole row, ChatNode room) =>
        row.NodeId == room.NodeId ? "ManagerOwn" : row.NodeId == tree.Root?.NodeId ? "ManagerOfRoot" : "ManagerInherited";

    private void AddPresenters(ChatNode room, ScopeSet scope, RightsList rights)
    {
        var voiced = new RightsList();
        foreach (var row in Rows(room, RoleType.Voiced))
        {
            if (room.Behavior == "auditorium")
                rows.Pass(row, RoleType.Voiced, "PresenterKept", scope, voiced);
            else if (containment.Find(row.PrincipalId) is { } principal)
                rights.Lose(new(principal, RoleType.Voiced, "PresenterInNormalRoom", room, Loses: false));
        }

        rights.Ask(voiced.Asked);
        foreach (var lost in voiced.Lost)
            rights.Lose(lost);
        if (voiced.Grants.Count == 0)
            return;
        var members = new MemberSet(rights);
        foreach (var grant in voiced.Grants)
            AddPresenter(grant, members, rights);
    }

    // A presenter must be a member (trap 17); one who is a member through a group only becomes one by name, which gains nothing.
    private void AddPresenter(Grant grant, MemberSet members, RightsList rights)
    {
        var isMember = members.Guids.Contains(grant.Principal.Guid);
        if (!isMember && containment.IsWithinAny(grant.Principal.PrincipalId, members.Ids, members.Containers))
            isMember = rights.Add(grant with { Type = RoleType.Member, Code = "PresenterMadeExplicit" });
        else if (!isMember)
            isMember = MakeMember(grant, rights);

        if (isMember)
            rights.Add(grant);
        else
            rights.Lose(new(grant.Principal, RoleType.Voiced, "PresenterNotMember", grant.Source, Loses: true));
    }

    private bool MakeMember(Grant grant, RightsList rights)
    {
        rights.Ask(RightsOptions.PresenterNotMember);
        return options.PresenterNotMember == PresenterNotMember.MakeMember && rights.Add(grant with { Type = RoleType.Member, Code = "PresenterMadeMember" });
    }

    // Thousands of presenters are looked up among thousands of members.
    private sealed class MemberSet(RightsList rights)
    {
        public HashSet<Guid> Guids { get; } = [.. rights.Of(RoleType.Member).Select(m => m.Guid)];

        public HashSet<int> Ids { get; } = [.. rights.Of(RoleType.Member).Select(m => m.PrincipalId)];

        public List<ChatPrincipal> Containers { get; } = [.. rights.Of(RoleType.Member).Where(m => m.Type is PrincipalType.Folder or PrincipalType.DomainContainer)];
    }
}
