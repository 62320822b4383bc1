using MigrationPortal.Engine;
using MigrationPortal.Engine.Reading;
using MigrationPortal.Tests.Batches;
using MigrationPortal.Tests.Shared;
using static MigrationPortal.Tests.Batches.BatchWorld;

namespace MigrationPortal.Tests.Reviews;

/// <summary>The two chat databases behind a race: a start reads them again, and a scan loads what they hold.</summary>
internal sealed class RaceSource : IAsyncDisposable
{
    private readonly TestDatabase _legacy;
    private readonly TestDatabase _new;
    // One at a time, as the portal scans a pool pair.
    private readonly SemaphoreSlim _scans = new(1);

    private RaceSource(TestDatabase legacy, TestDatabase target) => (_legacy, _new) = (legacy, target);

    public IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["PoolPairs:0:Id"] = Pair,
        ["PoolPairs:0:Name"] = "Contoso",
        ["PoolPairs:0:Legacy:Product"] = "LyncGroupChat2010",
        ["PoolPairs:0:Legacy:Provider"] = "PostgreSql",
        ["PoolPairs:0:Legacy:ConnectionString"] = _legacy.ConnectionString,
        ["PoolPairs:0:New:Product"] = "LyncPersistentChat2013",
        ["PoolPairs:0:New:Provider"] = "PostgreSql",
        ["PoolPairs:0:New:ConnectionString"] = _new.ConnectionString,
    };

    public static async Task<RaceSource> CreateAsync()
    {
        var source = new RaceSource(await TestDatabase.CreateLegacyAsync(), await TestDatabase.CreateNewAsync());
        await source._legacy.WriteLegacyAsync(Trading().Build() with { Messages = [] });
        return source;
    }

    /// <param name="hasLee">Whether Lee is a member of Desk from now on.</param>
    public async Task ScanAsync(BatchWorld world, bool hasLee)
    {
        await _scans.WaitAsync();
        try
        {
            await _legacy.ExecuteAsync(hasLee
                ? $"""
                  insert into tblPrincipalRole select n.nodeID, p.prinID, 1, 1, true, false from tblNode n, tblPrincipal p
                  where n.nodeGuid = '{Engine.Planning.PoolBuilder.Guids("node Desk")}' and p.prinGuid = '{Engine.Planning.PoolBuilder.Guids("principal lee")}' on conflict do nothing
                  """
                : $"""
                  delete from tblPrincipalRole using tblNode n, tblPrincipal p where prinRoleNodeID = n.nodeID and prinRolePrinID = p.prinID
                  and n.nodeGuid = '{Engine.Planning.PoolBuilder.Guids("node Desk")}' and p.prinGuid = '{Engine.Planning.PoolBuilder.Guids("principal lee")}'
                  """);
            await world.ScanAsync(
                Done(await ChatPoolReader.ReadAsync(_legacy.AsChat(ChatProduct.LyncGroupChat2010), null, CancellationToken.None)),
                Done(await ChatPoolReader.ReadAsync(_new.AsChat(ChatProduct.LyncPersistentChat2013), null, CancellationToken.None)));
        }
        finally
        {
            _scans.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        _scans.Dispose();
        await _legacy.DisposeAsync();
        await _new.DisposeAsync();
    }
}
