using MigrationPortal.Engine;

namespace MigrationPortal.Rooms.Scanning;

/// <summary>Rooms that stand on both sides, matched by nodeGuid.</summary>
internal static class PairedRooms
{
    /// <summary>New nodeID → last legacy chatId, for the rooms whose new side has gone on since: only those need counting.</summary>
    public static IReadOnlyDictionary<int, long> LastLegacyIds(ChatPool legacy, ChatPool current)
    {
        var legacyNodes = legacy.Nodes.Where(n => !n.IsCategory).ToDictionary(n => n.Guid, n => n.NodeId);
        var legacyMessages = legacy.Messages.ToDictionary(m => m.NodeId);
        var newMessages = current.Messages.ToDictionary(m => m.NodeId);
        var ids = new Dictionary<int, long>();
        foreach (var node in current.Nodes.Where(n => !n.IsCategory))
        {
            if (!legacyNodes.TryGetValue(node.Guid, out var legacyId) || newMessages.GetValueOrDefault(node.NodeId)?.LastMessageId is not { } newLast)
                continue;
            var legacyLast = legacyMessages.GetValueOrDefault(legacyId)?.LastMessageId ?? -1;
            if (newLast > legacyLast)
                ids[node.NodeId] = legacyLast;
        }

        return ids;
    }
}
