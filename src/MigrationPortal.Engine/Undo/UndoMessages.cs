using MigrationPortal.Engine.Sql;
using MigrationPortal.Engine.Transfer;

namespace MigrationPortal.Engine.Undo;

/// <summary>Messages of the batch that stand in one room, or what somebody did to the room.</summary>
internal sealed class UndoMessages(ChatSession session)
{
    public async Task<(long Messages, UndoObstacle? Obstacle)> CompareAsync(
        int nodeId, string name, IReadOnlyList<LedgerPage> pages, CancellationToken cancellationToken)
    {
        PagesFound found;
        try
        {
            found = await new PagesReadback(session).ReadAsync(nodeId, pages, cancellationToken);
        }
        catch (ChatDatabaseException failure) when (MessageSource.IsDamaged(failure))
        {
            return (0, new("RoomChanged", name, new("Obstacle.MessageUnreadable", name)));
        }
        return (found.Messages, found switch
        {
            { Foreign: > 0 } => new("PostedSince", name, new("Obstacle.PostedSince", found.Foreign, name)),
            { Changed: { } page } => new("RoomChanged", name, new("Obstacle.MessagesChanged", $"{page.FirstChatId}", $"{page.LastChatId}", name)),
            _ => null,
        });
    }
}
