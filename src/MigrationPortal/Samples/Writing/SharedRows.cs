using MigrationPortal.Engine;
using MigrationPortal.Samples.World;
using Npgsql;

namespace MigrationPortal.Samples.Writing;

/// <summary>The tables that look the same in both generations.</summary>
internal static class SharedRows
{
    public static Task AffiliationsAsync(NpgsqlConnection connection, ChatPool pool, CancellationToken cancellationToken) => CopyRows.IntoAsync(
        connection, "tblPrincipalAffiliations", "principalID:int4 affiliationID:int4 \"index\":int4 updatedBy:int4",
        pool.Affiliations.Select(x => new object?[] { x.PrincipalId, x.AffiliationId, x.Index, WorldBuilder.SystemId }), cancellationToken);

    public static Task AddInsAsync(NpgsqlConnection connection, ChatPool pool, CancellationToken cancellationToken) => CopyRows.IntoAsync(
        connection, "tblSiopWhiteList", "siopID:uuid siopName:text siopUrl:text",
        pool.AddIns.Select(x => new object?[] { x.Id, x.Name, x.Url }), cancellationToken);

    public static Task CountersAsync(NpgsqlConnection connection, SampleSide side, CancellationToken cancellationToken)
    {
        // Leftover messages of a deleted room have no node to count for.
        var nodes = side.Pool.Nodes.Select(x => x.NodeId).ToHashSet();
        return CopyRows.IntoAsync(
            connection, "tblLastChatId", "nodeID:int4 lastChatID:int8",
            side.Messages.Where(x => nodes.Contains(x.NodeId)).Select(x => new object?[] { x.NodeId, x.Counter }), cancellationToken);
    }
}
