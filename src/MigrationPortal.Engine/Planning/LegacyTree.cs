namespace MigrationPortal.Engine.Planning;

/// <summary>
/// The legacy node tree, read defensively: the root is its own parent (trap 5), and a real database may hold cycles, orphans and
/// rooms as parents. A node whose way to the root is broken has no path, and says so instead of being guessed.
/// </summary>
internal sealed class LegacyTree
{
    private readonly Dictionary<int, ChatNode> _nodes;
    private readonly Dictionary<int, IReadOnlyList<ChatNode>?> _paths = [];

    public LegacyTree(ChatPool pool)
    {
        _nodes = pool.Nodes.ToDictionary(node => node.NodeId);
        Root = pool.Nodes.FirstOrDefault(node => node.IsCategory && node.ParentId == node.NodeId);
    }

    public ChatNode? Root { get; }

    public ChatNode? Find(int nodeId) => _nodes.GetValueOrDefault(nodeId);

    /// <summary>Root … node, both included; null when the chain is broken (cycle, missing parent, a room as parent).</summary>
    public IReadOnlyList<ChatNode>? PathOf(ChatNode node)
    {
        if (_paths.TryGetValue(node.NodeId, out var known))
            return known;
        var path = Walk(node);
        _paths[node.NodeId] = path;
        return path;
    }

    /// <summary>The ancestor-or-self with that id; null when it is neither.</summary>
    public ChatNode? Definer(ChatNode node, int definerId) => PathOf(node)?.FirstOrDefault(ancestor => ancestor.NodeId == definerId);

    /// <summary>Names of the categories below the root, top first, ending with <paramref name="category"/>'s own.</summary>
    public string CategoryPath(ChatNode category) =>
        PathOf(category) is { } path ? string.Join(" / ", path.Skip(1).Select(node => node.Name)) : category.Name;

    private List<ChatNode>? Walk(ChatNode node)
    {
        var path = new List<ChatNode>();
        var seen = new HashSet<int>();
        for (var current = node; ;)
        {
            if (!seen.Add(current.NodeId) || (path.Count > 0 && !current.IsCategory))
                return null;
            path.Add(current);
            if (current.NodeId == Root?.NodeId)
                break;
            if (current.ParentId is not { } parentId || Find(parentId) is not { } parent)
                return null;
            current = parent;
        }

        path.Reverse();
        return path;
    }
}
