namespace MigrationPortal.Engine.Planning;

/// <summary>
/// Who a category or room is for: the principals of the node that defines its scope (trap 11: the definer column tells, not the
/// tree), without the federated ones. Persistent Chat keeps this as the category's allowed members.
/// </summary>
internal sealed class ScopeSets
{
    private readonly LegacyTree _tree;
    private readonly Containment _containment;
    private readonly ILookup<int, int> _rows;
    private readonly Dictionary<int, ScopeSet> _known = [];
    private readonly Lazy<Dictionary<ScopeSet, ChatNode>> _definers;

    public ScopeSets(ChatPool pool, LegacyTree tree, Containment containment)
    {
        _tree = tree;
        _containment = containment;
        _rows = pool.Scopes.Where(s => !s.IsDenied).ToLookup(s => s.NodeId, s => s.PrincipalId);
        _definers = new(() => _rows.Select(rows => _tree.Find(rows.Key)).OfType<ChatNode>().OrderBy(node => node.NodeId)
            .GroupBy(SetOf).ToDictionary(same => same.Key, same => same.First()));
    }

    /// <summary>Null when scopeDefinerId is neither the node nor one of its ancestors.</summary>
    public ScopeSet? Of(ChatNode node)
    {
        var definer = node.ScopeDefinerId is { } id
            ? _tree.Definer(node, id)
            : _tree.PathOf(node)?.LastOrDefault(n => _rows[n.NodeId].Any()) ?? _tree.Root;
        return definer is null ? null : SetOf(definer);
    }

    /// <summary>The first legacy node that defines this scope or an equal one, whatever the batch holds; null for a scope that no row makes.</summary>
    public ChatNode? DefinerOf(ScopeSet set) => _definers.Value.GetValueOrDefault(set);

    private ScopeSet SetOf(ChatNode definer)
    {
        if (!_known.TryGetValue(definer.NodeId, out var set))
            _known[definer.NodeId] = set = Read(definer);
        return set;
    }

    private ScopeSet Read(ChatNode definer)
    {
        var principals = _rows[definer.NodeId]
            .Select(_containment.Find)
            .Where(p => p is not null && p.Type != PrincipalType.SystemUser && !PrincipalTypes.IsFederated(p.Type))
            .Select(p => p!)
            .ToList();
        return new ScopeSet(principals);
    }
}

/// <summary>Principals of one scope. Two scopes with the same guids are the same scope, wherever they were defined.</summary>
internal sealed class ScopeSet : IEquatable<ScopeSet>
{
    private readonly Lazy<IReadOnlyList<Guid>> _guids;

    public ScopeSet(IReadOnlyList<ChatPrincipal> principals)
    {
        Principals = principals;
        _guids = new(() => [.. principals.Select(p => p.Guid).Distinct().Order()]);
        Ids = principals.Select(p => p.PrincipalId).ToHashSet();
        Containers = [.. principals.Where(p => p.Type is PrincipalType.Folder or PrincipalType.DomainContainer)];
        var guids = principals.Select(p => p.Guid.ToString("D")).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        Hash = Hashes.Sha256Hex(string.Join(',', guids));
    }

    public IReadOnlyList<ChatPrincipal> Principals { get; }

    public IReadOnlySet<int> Ids { get; }

    /// <summary>In order, each once. One list for every category that shares the scope: hundreds may share one of thousands.</summary>
    public IReadOnlyList<Guid> Guids => _guids.Value;

    /// <summary>Those that hold people by distinguished name.</summary>
    public IReadOnlyList<ChatPrincipal> Containers { get; }

    /// <summary>Lower hex SHA-256 over the sorted guids joined by commas; names the part of a split category.</summary>
    public string Hash { get; }

    public bool Equals(ScopeSet? other) => other is not null && other.Hash == Hash;

    public override bool Equals(object? obj) => Equals(obj as ScopeSet);

    public override int GetHashCode() => Hash.GetHashCode(StringComparison.Ordinal);
}
