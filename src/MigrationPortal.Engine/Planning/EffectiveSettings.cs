namespace MigrationPortal.Engine.Planning;

/// <summary>
/// Settings as the legacy server applies them: the last value on the way from the root, cut at the first category whose children
/// must inherit. Where nobody said anything: invitations off, history on, uploads on, visibility scoped, members may create.
/// </summary>
internal sealed class EffectiveSettings(LegacyTree tree)
{
    public bool Invite(ChatNode node) => Resolve(node, n => n.Invite) ?? false;

    public bool Logged(ChatNode node) => Resolve(node, n => n.Logged) ?? true;

    public bool FilePost(ChatNode node) => Resolve(node, n => n.FilePost) ?? true;

    public string Visibility(ChatNode node)
    {
        string? value = null;
        foreach (var ancestor in Deciding(node))
            value = ancestor.Visibility ?? value;
        return value ?? "scope";
    }

    public bool MembersMayCreate(ChatNode node) => Resolve(node, n => n.RestrictChildCreate) ?? true;

    /// <summary>The node whose value it is; null when nobody on the way set any.</summary>
    public ChatNode? InviteSource(ChatNode node) => Source(node, n => n.Invite is not null);

    public ChatNode? LoggedSource(ChatNode node) => Source(node, n => n.Logged is not null);

    public ChatNode? FilePostSource(ChatNode node) => Source(node, n => n.FilePost is not null);

    public ChatNode? VisibilitySource(ChatNode node) => Source(node, n => n.Visibility is not null);

    private ChatNode? Source(ChatNode node, Func<ChatNode, bool> sets) => Deciding(node).LastOrDefault(sets);

    /// <summary>The node's own value, or null when an ancestor hides it.</summary>
    public bool? Own(ChatNode node, bool? value) => IsHidden(node) ? null : value;

    /// <summary>Whether a category above makes its children inherit, so that the node's own values do not count.</summary>
    public bool IsHidden(ChatNode node) => tree.PathOf(node) is { } path && path.Take(path.Count - 1).Any(n => n.Inheritance);

    /// <summary>Names of the node's own settings that are hidden and would have said something else.</summary>
    public IEnumerable<string> HiddenDifferences(ChatNode node)
    {
        if (!IsHidden(node))
            yield break;
        if (node.Invite is { } invite && invite != Invite(node))
            yield return "Setting.Invitations";
        if (node.Logged is { } logged && logged != Logged(node))
            yield return "Setting.History";
        if (node.FilePost is { } filePost && filePost != FilePost(node))
            yield return "Setting.Uploads";
        if (node.Visibility is { } visibility && visibility != Visibility(node))
            yield return "Setting.Visibility";
    }

    private bool? Resolve(ChatNode node, Func<ChatNode, bool?> column)
    {
        bool? value = null;
        foreach (var ancestor in Deciding(node))
            value = column(ancestor) ?? value;
        return value;
    }

    private IEnumerable<ChatNode> Deciding(ChatNode node)
    {
        foreach (var ancestor in tree.PathOf(node) ?? [node])
        {
            yield return ancestor;
            if (ancestor.Inheritance && ancestor.NodeId != node.NodeId)
                yield break;
        }
    }
}
