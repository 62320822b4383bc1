using MigrationPortal.Engine;

namespace MigrationPortal.Rooms.Scanning;

/// <summary>One side of a scan, indexed for pairing.</summary>
internal sealed class PoolView
{
    private readonly Dictionary<int, ChatNode> _nodes;
    private readonly Dictionary<int, MessageSummary> _messages;
    private readonly Dictionary<int, ChatPrincipal> _principals;
    private readonly ILookup<int, ChatRole> _roles;
    private readonly HashSet<int> _doubled;
    private readonly Dictionary<int, string> _paths = [];

    public PoolView(ChatPool pool)
    {
        Pool = pool;
        _nodes = pool.Nodes.ToDictionary(n => n.NodeId);
        _messages = pool.Messages.ToDictionary(m => m.NodeId);
        _principals = pool.Principals.ToDictionary(p => p.PrincipalId);
        _roles = pool.Roles.ToLookup(r => r.NodeId);
        _doubled = pool.Nodes.Where(n => n.IsCategory).GroupBy(n => (n.ParentId, n.Name)).Where(same => same.Skip(1).Any()).SelectMany(same => same).Select(n => n.NodeId).ToHashSet();
        Rooms = pool.Nodes.Where(n => !n.IsCategory).ToDictionary(n => n.Guid);
        AddIns = pool.AddIns.ToDictionary(a => a.Id);
    }

    public ChatPool Pool { get; }

    public IReadOnlyDictionary<Guid, ChatNode> Rooms { get; }

    public IReadOnlyDictionary<Guid, ChatAddIn> AddIns { get; }

    public ChatNode? Parent(ChatNode node) =>
        node.ParentId is { } id && id != node.NodeId ? _nodes.GetValueOrDefault(id) : null;

    public MessageSummary Messages(ChatNode room) => _messages.GetValueOrDefault(room.NodeId) ?? new MessageSummary { NodeId = room.NodeId };

    /// <summary>Guids of the principals with a role row on that very node.</summary>
    public IReadOnlySet<Guid> Principals(ChatNode node, RoleType type) =>
        _roles[node.NodeId].Where(r => r.Type == type).Select(r => _principals.GetValueOrDefault(r.PrincipalId)?.Guid).OfType<Guid>().ToHashSet();

    /// <summary>Who has a role row on that very node, with a right for each.</summary>
    public IEnumerable<(ChatPrincipal Person, RoleType Right)> Rights(ChatNode node)
    {
        foreach (var role in _roles[node.NodeId])
        {
            if (_principals.TryGetValue(role.PrincipalId, out var person))
                yield return (person, role.Type);
        }
    }

    /// <summary>The name of one category, told apart from its siblings.</summary>
    public string Segment(ChatNode category) =>
        _doubled.Contains(category.NodeId) || !DisplayText.HasVisible(category.Name) ? CategoryPaths.Numbered(category.Name, category.Guid) : CategoryPaths.Segment(category.Name);

    /// <summary>Where a category stands, as <see cref="CategoryPaths"/> writes it; stops at a broken or endless chain.</summary>
    public string Path(ChatNode category)
    {
        if (!_paths.TryGetValue(category.NodeId, out var path))
            _paths[category.NodeId] = path = PathOf(category);
        return path;
    }

    private string PathOf(ChatNode category)
    {
        var names = new List<string>();
        for (var node = category; node is not null && Parent(node) is { } parent && names.Count < 100; node = parent)
            names.Add(Segment(node));
        names.Reverse();
        return CategoryPaths.Join(names);
    }
}
