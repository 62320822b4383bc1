namespace MigrationPortal.Engine.Planning;

/// <summary>
/// The legacy node tree, read defensively: the root is its own parent (trap 5), and a real database may hold cycles, orphans and
/// rooms as parents. A node whose way to the root is broken has no path, and says so instead of being guessed.
/// </summary>
internal sealed class LegacyTree
{
    private const int DocumentedRoot = 1;

    private readonly Dictionary<int, ChatNode> _nodes;
    private readonly Dictionary<int, IReadOnlyList<ChatNode>?> _paths = [];
    private readonly Dictionary<int, string> _categoryPaths = [];

    public LegacyTree(ChatPool pool)
    {
        _nodes = pool.Nodes.ToDictionary(node => node.NodeId);
        Root = FindRoot(pool.Nodes);
    }

    /// <summary>Null where nobody can tell which category is above all others.</summary>
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

    /// <summary>Why a node has no path, as a sentence; null when it has one.</summary>
    public Wording? FindBreak(ChatNode node)
    {
        var seen = new HashSet<int>();
        for (var current = node; current.NodeId != Root?.NodeId;)
        {
            if (!seen.Add(current.NodeId))
                return new("TreeBroken.Circle", current.Name, $"{current.NodeId}");
            if (current.ParentId is not { } parentId || parentId == current.NodeId)
                return current.IsCategory
                    ? new("TreeBroken.SecondRoot", current.Name, $"{current.NodeId}", Root?.Name)
                    : new("TreeBroken.NoParent");
            if (Find(parentId) is not { } parent)
                return new("TreeBroken.ParentMissing", current.Name, $"{current.NodeId}", $"{parentId}");
            if (!parent.IsCategory)
                return new("TreeBroken.ParentNoCategory", current.Name, $"{current.NodeId}", parent.Name, $"{parentId}");
            current = parent;
        }

        return null;
    }

    /// <summary>
    /// The category that is its own parent, else the one that has none (parentID is documented as nullable); of several the documented
    /// root, nodeID 1, or for those that are their own parent the first.
    /// </summary>
    public static ChatNode? FindRoot(IReadOnlyList<ChatNode> nodes)
    {
        var root = FindRoot(nodes.Where(node => node.IsCategory).Select(node => (node.NodeId, node.ParentId)));
        return root is { } id ? nodes.First(node => node.NodeId == id) : null;
    }

    /// <summary>The same among categories of which only the numbers are known.</summary>
    public static int? FindRoot(IEnumerable<(int NodeId, int? ParentId)> categories)
    {
        var tops = categories.Where(x => x.ParentId is null || x.ParentId == x.NodeId).OrderBy(x => x.NodeId).ToList();
        if (tops.Exists(x => x.ParentId is not null))
            return tops.First(x => x.ParentId is not null).NodeId;
        return tops.Count == 1 ? tops[0].NodeId : tops.Exists(x => x.NodeId == DocumentedRoot) ? DocumentedRoot : null;
    }

    /// <summary>The ancestor-or-self with that id; null when it is neither.</summary>
    public ChatNode? Definer(ChatNode node, int definerId) => PathOf(node)?.FirstOrDefault(ancestor => ancestor.NodeId == definerId);

    /// <summary>Names of the categories below the root, top first, ending with <paramref name="category"/>'s own.</summary>
    public string CategoryPath(ChatNode category)
    {
        if (!_categoryPaths.TryGetValue(category.NodeId, out var text))
            _categoryPaths[category.NodeId] = text = PathOf(category) is { } path ? string.Join(" / ", path.Skip(1).Select(node => node.Name)) : category.Name;
        return text;
    }

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
