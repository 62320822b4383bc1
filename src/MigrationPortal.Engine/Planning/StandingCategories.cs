namespace MigrationPortal.Engine.Planning;

/// <summary>A category as rooms find it in the new pool.</summary>
/// <param name="Scope">Who can be given a right in its rooms; null where that is what was planned.</param>
/// <param name="Invite">Null where the category is not there, or says nothing.</param>
internal sealed record StandingCategory(StandingScope? Scope, bool? Invite, bool Logged, bool FilePost);

/// <summary>
/// A category that is reused is never changed, also where somebody changed it since: its rooms are planned by what stands in the new pool
/// (docs/mapping.md, Options). As long as it is as planned, nothing depends on whether it is there already.
/// </summary>
internal sealed class StandingCategories(PlanRequest request, CategoryPlanner categories, LegacyPeople people)
{
    private readonly Dictionary<Guid, ChatNode> _present = request.New.Nodes.Where(node => node.IsCategory).ToDictionary(node => node.Guid);
    private readonly ILookup<int, ChatScope> _scopes = request.New.Scopes.ToLookup(scope => scope.NodeId);
    private readonly Dictionary<int, Guid> _guids = request.New.Principals.ToDictionary(person => person.PrincipalId, person => person.Guid);
    private readonly Dictionary<Guid, StandingCategory> _known = [];
    private readonly Lazy<Strangers> _strangers = new(() => new Strangers(request.Legacy, request.New));

    public StandingCategory Of(CategoryPart part)
    {
        if (!_known.TryGetValue(part.Guid, out var standing))
            _known[part.Guid] = standing = _present.TryGetValue(part.Guid, out var node) ? Of(part, node) : AsPlanned(part);
        return standing;
    }

    public static StandingCategory AsPlanned(CategoryPart part) => new(null, null, part.Logged, part.FilePost);

    private StandingCategory Of(CategoryPart part, ChatNode node)
    {
        var rows = _scopes[node.NodeId].ToList();
        var allowed = Guids(rows.Where(row => !row.IsDenied));
        var isAsPlanned = !rows.Exists(row => row.IsDenied) && allowed.SequenceEqual(categories.Plan(part).Scope);
        return new(isAsPlanned ? null : Scope(allowed, Guids(rows.Where(row => row.IsDenied))), node.Invite, node.Logged ?? part.Logged, node.FilePost ?? part.FilePost);
    }

    private StandingScope Scope(IReadOnlyList<Guid> allowed, IReadOnlyList<Guid> denied) =>
        new(_strangers.Value.Containment, [.. allowed.SelectMany(people.RowsOf)], Of(allowed), Of(denied));

    private IReadOnlyList<Guid> Guids(IEnumerable<ChatScope> rows) => [.. rows.Select(row => _guids.GetValueOrDefault(row.PrincipalId)).Order()];

    private ScopeSet Of(IEnumerable<Guid> guids) => new([.. guids.SelectMany(guid => _strangers.Value.Find(guid) is { } stranger ? [stranger] : people.RowsOf(guid))]);
}

/// <summary>Who can be given a right under a category that somebody changed since it was planned.</summary>
/// <param name="Known">Those of <paramref name="Allowed"/> whom the legacy pool knows: nobody else comes with a batch.</param>
internal sealed record StandingScope(Containment Containment, IReadOnlyList<ChatPrincipal> Known, ScopeSet Allowed, ScopeSet Denied)
{
    /// <summary>What remains of rights that the legacy pool gives: it only ever takes away.</summary>
    public RightsList Narrow(RightsList rights)
    {
        var narrowed = new RightsList();
        narrowed.Ask(rights.Asked);
        foreach (var grant in rights.Grants)
        {
            var remaining = Keep(grant.Principal);
            foreach (var principal in remaining)
                narrowed.Add(principal.Guid == grant.Principal.Guid ? grant : grant with { Principal = principal, Code = "Narrowed" });
            if (remaining.Count == 0)
                narrowed.Lose(new(grant.Principal, grant.Type, "OutOfScope", grant.Source, Loses: true));
        }

        foreach (var lost in rights.Lost)
            narrowed.Lose(lost);
        return narrowed;
    }

    private IReadOnlyList<ChatPrincipal> Keep(ChatPrincipal principal)
    {
        if (IsDenied(principal))
            return [];
        if (Containment.IsWithinAny(principal.PrincipalId, Allowed))
            return [principal];
        return Containment.IsContainer(principal.Type)
            ? [.. Known.Where(inside => Containment.IsWithin(inside.PrincipalId, principal.PrincipalId) && !IsDenied(inside))]
            : [];
    }

    private bool IsDenied(ChatPrincipal principal) => Containment.IsWithinAny(principal.PrincipalId, Denied);
}
