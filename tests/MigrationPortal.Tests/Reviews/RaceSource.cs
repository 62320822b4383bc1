using MigrationPortal.Engine;
using MigrationPortal.Engine.Reading;
using MigrationPortal.Jobs;
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

    private Dictionary<string, string> Settings => new(StringComparer.Ordinal)
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

    /// <param name="pool">Null is the one of a <see cref="BatchWorld"/>.</param>
    public static async Task<RaceSource> CreateAsync(Engine.Planning.PoolBuilder? pool = null)
    {
        var source = new RaceSource(await TestDatabase.CreateLegacyAsync(), await TestDatabase.CreateNewAsync());
        await source._legacy.WriteLegacyAsync((pool ?? Trading()).Build() with { Messages = [] });
        return source;
    }

    /// <summary>One of the nodes over the world's portal database. Its jobs stand still: a run that began keeps its state, and what they sweep a test sweeps itself.</summary>
    public async Task<PortalApp> StartNodeAsync(BatchWorld world, IReadOnlyDictionary<string, string>? settings = null)
    {
        var configuration = Settings;
        foreach (var (key, value) in settings ?? new Dictionary<string, string>(StringComparer.Ordinal))
            configuration[key] = value;
        var node = await PortalApp.StartNodeAsync(world.Database, configuration);
        await (await node.Get<JobEngine>().SchedulerAsync(CancellationToken.None)).Standby();
        return node;
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
