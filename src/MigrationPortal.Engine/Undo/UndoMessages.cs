using MigrationPortal.Engine.Sql;
using MigrationPortal.Engine.Transfer;

namespace MigrationPortal.Engine.Undo;

/// <summary>Messages of the batch that stand in one room, or what somebody did to the room.</summary>
internal sealed class UndoMessages(ChatSession session)
{
    public async Task<(long Messages, UndoObstacle? Obstacle)> CompareAsync(
        int nodeId, string name, IReadOnlyList<LedgerPage> pages, CancellationToken cancellationToken)
    {
        var found = await new PagesReadback(session).ReadAsync(nodeId, pages, cancellationToken);
        return (found.Messages, found switch
        {
            { Foreign: > 0 } => new("PostedSince", name, new("Obstacle.PostedSince", found.Foreign, name)),
            { Changed: { } page } => new("RoomChanged", name, new("Obstacle.MessagesChanged", $"{page.FirstChatId}", $"{page.LastChatId}", name)),
            _ => null,
        });
    }
}
