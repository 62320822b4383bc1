namespace MigrationPortal.Engine.Planning;

/// <summary>
/// Whether a principal lies inside another: by affiliation (user → group → group …), or by distinguished name below an
/// organisational unit or domain.
/// </summary>
internal sealed class Containment
{
    private readonly Dictionary<int, ChatPrincipal> _principals;
    private readonly ILookup<int, int> _above;
    private readonly HashSet<int> _hasMembers;
    private readonly Dictionary<int, HashSet<int>> _closures = [];
    private readonly Dictionary<int, DistinguishedName?> _places = [];

    public Containment(ChatPool pool)
    {
        _principals = pool.Principals.ToDictionary(p => p.PrincipalId);
        var rows = pool.Affiliations.Where(a => a.PrincipalId != a.AffiliationId).ToList();
        _above = rows.ToLookup(a => a.PrincipalId, a => a.AffiliationId);
        _hasMembers = rows.Select(a => a.AffiliationId).ToHashSet();
    }

    public ChatPrincipal? Find(int principalId) => _principals.GetValueOrDefault(principalId);

    public bool IsWithin(int inner, int outer) =>
        inner == outer || Closure(inner).Contains(outer) || IsBelow(inner, outer);

    /// <summary>Whether a scope holds it; costs the groups above it, not the people in the scope, of which there may be thousands.</summary>
    public bool IsWithinAny(int inner, ScopeSet scope) => IsWithinAny(inner, scope.Ids, scope.Containers);

    /// <param name="containers">Those of <paramref name="outer"/> that hold people by distinguished name.</param>
    public bool IsWithinAny(int inner, IReadOnlySet<int> outer, IReadOnlyList<ChatPrincipal> containers) =>
        outer.Contains(inner) || Closure(inner).Any(outer.Contains) || containers.Any(container => IsBelow(inner, container.PrincipalId));

    /// <summary>Nothing is known of what it holds or where it stands, so that overlap cannot be judged.</summary>
    public bool IsOpaque(ChatPrincipal principal) =>
        IsContainer(principal.Type)
        && string.IsNullOrEmpty(principal.DirectoryPath)
        && !_above[principal.PrincipalId].Any()
        && !_hasMembers.Contains(principal.PrincipalId);

    public static bool IsContainer(PrincipalType type) =>
        type is PrincipalType.Group or PrincipalType.Folder or PrincipalType.DomainContainer;

    private HashSet<int> Closure(int principalId)
    {
        if (_closures.TryGetValue(principalId, out var known))
            return known;
        var reached = new HashSet<int>();
        var open = new Stack<int>([principalId]);
        while (open.TryPop(out var current))
        {
            foreach (var above in _above[current])
            {
                if (reached.Add(above))
                    open.Push(above);
            }
        }

        return _closures[principalId] = reached;
    }

    private bool IsBelow(int inner, int outer) =>
        Find(outer)?.Type is PrincipalType.Folder or PrincipalType.DomainContainer
        && PlaceOf(outer) is { } container && PlaceOf(inner) is { } place && place.IsAtOrBelow(container);

    private DistinguishedName? PlaceOf(int principalId)
    {
        if (!_places.TryGetValue(principalId, out var place))
            _places[principalId] = place = DistinguishedName.Parse(Find(principalId)?.DirectoryPath);
        return place;
    }
}
