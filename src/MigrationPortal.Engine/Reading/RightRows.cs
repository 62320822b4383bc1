using MigrationPortal.Engine.Sql;

namespace MigrationPortal.Engine.Reading;

/// <summary>Who may what, and who is in which group. A row that names nobody gives nobody anything; a right of an unknown kind blocks its node.</summary>
internal sealed class RightRows(ChatLookups lookups)
{
    private static readonly Wording Nobody = new("Fault.NullPerson");

    // Of the node that is being read; rows come node by node.
    private readonly HashSet<(int, RoleType)> _roles = [];
    private readonly HashSet<int> _scopes = [];
    private readonly HashSet<Guid> _addIns = [];
    private int? _node;

    public ChatRole? Role(ChatRow row)
    {
        if (row.Int(2) is not { } number || !lookups.Roles.TryGetValue(number, out var type))
        {
            row.Fault(2, row.Int(2) is { } odd ? new("Fault.UnknownRight", lookups.NameOf("RoleType", odd)) : new("Fault.NullRight"));
            return null;
        }
        if (Ends(row) is not { } ends) return null;
        if (_node != ends.Node) _roles.Clear();
        _node = ends.Node;
        return !_roles.Add((ends.Principal, type)) ? null : new ChatRole(ends.Node, ends.Principal, type, row.Bool(3), row.Bool(4));
    }

    public ChatScope? Scope(ChatRow row)
    {
        if (Ends(row) is not { } ends) return null;
        if (_node != ends.Node) _scopes.Clear();
        _node = ends.Node;
        return !_scopes.Add(ends.Principal) ? null : new ChatScope(ends.Node, ends.Principal, row.Has(2) && (row.NeedBool(2) ?? false));
    }

    public ChatAddIn? AddIn(ChatRow row)
    {
        if (row.NeedGuid(0) is not { } id) return null;
        if (_addIns.Add(id)) return new ChatAddIn(id, row.Text(1) ?? "", row.Text(2) ?? "");
        row.Fault(0, new("Fault.TwiceFirst"), blocks: false);
        return null;
    }

    public static ChatAffiliation? Affiliation(ChatRow row) =>
        row.NeedInt(0) is { } principal && row.NeedInt(1) is { } group && row.NeedInt(2) is { } index ? new ChatAffiliation(principal, group, index) : null;

    private static (int Node, int Principal)? Ends(ChatRow row)
    {
        if (row.Int(0) is not { } node)
        {
            row.Fault(0, new("Fault.NullPlace"), blocks: false);
            return null;
        }
        if (row.Int(1) is { } principal) return (node, principal);
        row.Fault(1, Nobody, blocks: false);
        return null;
    }
}
