using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MigrationPortal.Engine;

namespace MigrationPortal.Tests.Engine.Properties;

/// <summary>
/// A second opinion on what becomes of a pool, with every default: written from the mapping alone, slow and plain, sharing nothing with
/// the planner. Categories are known by their names here, people by their guids.
/// </summary>
internal sealed class NaiveMigration(ChatPool legacy, IReadOnlySet<Guid> rooms)
{
    private readonly Dictionary<int, ChatNode> _nodes = legacy.Nodes.ToDictionary(x => x.NodeId);
    private readonly NaivePeople _who = new(legacy.Principals);
    private readonly Dictionary<int, ChatPrincipal> _people = legacy.Principals.ToDictionary(x => x.PrincipalId);

    public SortedDictionary<string, string> Run()
    {
        var result = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var needed = new HashSet<Guid>();
        foreach (var room in legacy.Nodes.Where(x => !x.IsCategory && rooms.Contains(x.Guid)))
        {
            var category = _nodes[room.ParentId!.Value];
            var name = CategoryName(room, category);
            var (members, managers, presenters) = Rights(room);
            var messages = legacy.Messages.FirstOrDefault(x => x.NodeId == room.NodeId);
            var creators = Within(room, Managers(category)).ToHashSet();
            var scope = Scope(room).Select(x => _who.Guid(x)).ToHashSet();
            var authors = messages?.Authors.Select(x => _who.Guid(x)).ToHashSet() ?? [];
            result[$"room {room.Guid}"] = string.Join('|',
                RoomName(room), room.Description, Flag(Invite(room, category)), room.Disabled, room.Behavior, Visibility(room), name,
                Text(members), Text(managers), Text(presenters), room.AddedOn, room.UpdatedOn, messages?.Count ?? 0, messages?.LastChatId);
            result[$"category {name}"] = string.Join('|',
                category.Description, Effective(category, x => x.Invite) ?? false, Logged(room), FilePost(room), Text(scope), Text(creators), category.AddedOn);
            foreach (var person in new[] { members, managers, presenters, creators, scope, authors }.SelectMany(x => x)) needed.Add(person);
        }
        foreach (var guid in needed)
        {
            if (_who.Line(guid) is { } line)
                result[$"person {guid}"] = line;
        }
        return result;
    }

    // From the node up to the root.
    private List<ChatNode> Up(ChatNode node)
    {
        var path = new List<ChatNode> { node };
        while (path[^1].ParentId != path[^1].NodeId) path.Add(_nodes[path[^1].ParentId!.Value]);
        return path;
    }

    private string RoomName(ChatNode room) => Up(room).Count == 3 ? room.Name : string.Join(" - ", Enumerable.Reverse(Up(room)).Skip(1).Select(x => x.Name));

    private string CategoryName(ChatNode room, ChatNode category)
    {
        var name = string.Join(" - ", Enumerable.Reverse(Up(category)).Skip(1).Select(x => x.Name));
        if (Logged(room) != Logged(category)) name += Logged(room) ? " (history on)" : " (history off)";
        if (FilePost(room) != FilePost(category)) name += FilePost(room) ? " (files)" : " (no files)";
        var (mine, its) = (ScopeHash(room), ScopeHash(category));
        return mine == its ? name : $"{name} (scope {mine[..4]})";
    }

    private string ScopeHash(ChatNode node) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        string.Join(',', Scope(node).Select(x => _who.Guid(x).ToString("D")).Distinct().Order(StringComparer.Ordinal)))));

    private T? Effective<T>(ChatNode node, Func<ChatNode, T?> column)
    {
        T? value = default;
        foreach (var at in Enumerable.Reverse(Up(node)))
        {
            value = column(at) ?? value;
            if (at.Inheritance && at != node) break;
        }
        return value;
    }

    private bool Logged(ChatNode node) => Effective(node, x => x.Logged) ?? true;

    private bool FilePost(ChatNode node) => Effective(node, x => x.FilePost) ?? true;

    private string Visibility(ChatNode room) => Effective(room, x => x.Visibility) ?? "scope";

    private bool? Invite(ChatNode room, ChatNode category)
    {
        var own = Up(room).Skip(1).Any(x => x.Inheritance) ? null : room.Invite;
        return own == false || (own == true && Effective(category, x => x.Invite) != true) ? false : null;
    }

    private List<int> Scope(ChatNode node) =>
        [.. legacy.Scopes.Where(x => x.NodeId == node.ScopeDefinerId).Select(x => x.PrincipalId).Where(x => !NaivePeople.Outsider(_people[x]))];

    private bool Belongs(int inner, int outer) =>
        inner == outer || legacy.Affiliations.Any(x => x.PrincipalId == inner && x.AffiliationId != inner && Belongs(x.AffiliationId, outer));

    private bool Inside(int inner, int outer)
    {
        if (Belongs(inner, outer)) return true;
        return _people[outer] is { Type: PrincipalType.Folder or PrincipalType.DomainContainer, DirectoryPath: { } place } && _people[inner].DirectoryPath is { } path
            && NaivePeople.Parts(path).Reverse().Take(NaivePeople.Parts(place).Length).SequenceEqual(NaivePeople.Parts(place).Reverse(), StringComparer.OrdinalIgnoreCase);
    }

    private IEnumerable<Guid> Within(ChatNode scoped, IEnumerable<ChatRole> rows)
    {
        var scope = Scope(scoped);
        foreach (var id in rows.Select(x => x.PrincipalId).Where(x => !NaivePeople.Outsider(_people[x]) && !_who.IsTaken(_who.Guid(x))))
        {
            if (scope.Exists(x => Inside(id, x))) yield return _who.Guid(id);
            else if (_people[id].Type is PrincipalType.Group or PrincipalType.Folder or PrincipalType.DomainContainer)
                foreach (var part in scope.Where(x => Inside(x, id))) yield return _who.Guid(part);
        }
    }

    private IEnumerable<ChatRole> Managers(ChatNode node) => Up(node).SelectMany(x => legacy.Roles.Where(r => r.NodeId == x.NodeId && r.Type == RoleType.Manager));

    private (HashSet<Guid> Members, HashSet<Guid> Managers, HashSet<Guid> Presenters) Rights(ChatNode room)
    {
        var path = Up(room);
        var start = path.FindIndex(x => x.NodeId == room.RoleDefinerId);
        var rows = path.SelectMany((x, at) => legacy.Roles.Where(r => r.NodeId == x.NodeId && r.Type == RoleType.Member && (at <= start || r.HonorsOverride == false)));
        var members = Within(room, rows).ToHashSet();
        var presenters = new HashSet<Guid>();
        if (room.Behavior == "auditorium")
        {
            var known = members.Select(g => _who.AnyId(g)).ToList();
            foreach (var guid in Within(room, legacy.Roles.Where(r => r.NodeId == room.NodeId && r.Type == RoleType.Voiced)))
            {
                var id = _who.AnyId(guid);
                if (!known.Exists(x => Inside(id, x))) continue;
                presenters.Add(guid);
                members.Add(guid);
            }
        }
        return (members, Within(room, Managers(room)).ToHashSet(), presenters);
    }

    private static string Flag(bool? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "inherit";

    private static string Text(IEnumerable<Guid> guids) => string.Join(',', guids.Distinct().Select(x => x.ToString("D")).Order(StringComparer.Ordinal));
}
