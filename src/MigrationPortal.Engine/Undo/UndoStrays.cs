using System.Globalization;
using MigrationPortal.Engine.Reading;
using MigrationPortal.Engine.Sql;

namespace MigrationPortal.Engine.Undo;

/// <summary>What nobody expects in rooms and categories of a batch, and what would keep their rows from being removed.</summary>
/// <param name="names">Of the nodes, by number.</param>
internal sealed class UndoStrays(ChatSession session, ChatCatalog catalog, IReadOnlyDictionary<int, string> names)
{
    public async Task<IReadOnlyList<UndoObstacle>> FindAsync(IReadOnlyCollection<int> rooms, IReadOnlyCollection<int> categories, CancellationToken cancellationToken)
    {
        var obstacles = new List<UndoObstacle>();
        if (catalog.Has("tblPrincipalInvites"))
        {
            foreach (var (node, count) in await CountAsync("tblPrincipalInvites", "nodeID", rooms.Concat(categories), cancellationToken))
                obstacles.Add(new("InvitedSince", names[node], new("Obstacle.InvitedSince", count, names[node])));
        }
        // The messages of rooms are compared page by page; a category has none.
        foreach (var (node, count) in await CountAsync("tblChat", "channelId", categories, cancellationToken))
            obstacles.Add(new("PostedSince", names[node], new("Obstacle.PostedSince", count, names[node])));
        var children = await session.ListAnyOfAsync(
            "select parentID, nodeID from tblNode", "parentID", rooms.Cast<object>(), row => (Room: row.Int(0), Node: row.TryInt(1)), cancellationToken);
        foreach (var room in children.Where(x => x.Node is not null).Select(x => x.Room).Distinct())
            obstacles.Add(new("RoomChanged", names[room], new("Obstacle.NodesBelow", names[room])));
        return obstacles;
    }

    /// <summary>Messages of rooms whose own rows are gone: without the row nobody can say any more that they are the batch's.</summary>
    public async Task<IEnumerable<UndoObstacle>> FindOrphansAsync(IEnumerable<int> missing, CancellationToken cancellationToken) =>
        (await CountAsync("tblChat", "channelId", missing, cancellationToken))
            .Select(x => new UndoObstacle("RoomChanged", Number(x.Node), new("Obstacle.RowGone", x.Count, Number(x.Node))));

    /// <summary>What a node without a name is called.</summary>
    public static string Number(int node) => string.Create(CultureInfo.InvariantCulture, $"nodeID {node}");

    private async Task<IEnumerable<(int Node, long Count)>> CountAsync(string table, string column, IEnumerable<int> nodes, CancellationToken cancellationToken) =>
        (await session.ListAnyOfAsync(
            $"select {column}, {session.Dialect.Count()} from {table}", column, nodes.Cast<object>(), row => (row.Int(0), row.Long(1)), cancellationToken, $" group by {column}")).Order();
}
