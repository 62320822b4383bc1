using System.Globalization;
using MigrationPortal.Engine;

namespace MigrationPortal.Tests.Engine.Properties;

/// <summary>A new pool as the naive migration words it: ids replaced by guids and names, what was there before left out.</summary>
internal static class MigratedPool
{
    public static SortedDictionary<string, string> Of(ChatPool pool, ChatPool before)
    {
        var result = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var people = pool.Principals.ToDictionary(x => x.PrincipalId);
        var nodes = pool.Nodes.ToDictionary(x => x.NodeId);
        var (oldNodes, oldPeople) = (before.Nodes.Select(x => x.Guid).ToHashSet(), before.Principals.Select(x => x.Guid).ToHashSet());
        string Rights(int node, RoleType type) => Text(pool.Roles.Where(x => x.NodeId == node && x.Type == type).Select(x => people[x.PrincipalId].Guid));
        foreach (var node in pool.Nodes.Where(x => !oldNodes.Contains(x.Guid)))
        {
            var messages = pool.Messages.FirstOrDefault(x => x.NodeId == node.NodeId);
            if (node.IsCategory)
                result[$"category {node.Name}"] = string.Join('|',
                    node.Description, node.Invite == true, node.Logged == true, node.FilePost == true,
                    Text(pool.Scopes.Where(x => x.NodeId == node.NodeId && !x.IsDenied).Select(x => people[x.PrincipalId].Guid)), Rights(node.NodeId, RoleType.Creator), node.AddedOn);
            else
                result[$"room {node.Guid}"] = string.Join('|',
                    node.Name, node.Description, node.Invite?.ToString(CultureInfo.InvariantCulture) ?? "inherit", node.Disabled, node.Behavior, node.Visibility, nodes[node.ParentId!.Value].Name,
                    Rights(node.NodeId, RoleType.Member), Rights(node.NodeId, RoleType.Manager), Rights(node.NodeId, RoleType.Voiced), node.AddedOn, node.UpdatedOn,
                    messages?.Count ?? 0, messages?.LastChatId);
        }
        foreach (var person in pool.Principals.Where(x => !oldPeople.Contains(x.Guid)))
            result[$"person {person.Guid}"] = $"{person.Uri}|{person.Disabled}|{person.Type}|{person.Name}|{person.DisplayName}";
        return result;
    }

    private static string Text(IEnumerable<Guid> guids) => string.Join(',', guids.Select(x => x.ToString("D")).Order(StringComparer.Ordinal));
}
