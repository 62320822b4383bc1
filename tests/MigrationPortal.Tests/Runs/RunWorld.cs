using System.Globalization;
using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Reviews;
using MigrationPortal.Rooms;
using MigrationPortal.Rooms.Scanning;
using MigrationPortal.Runs;
using MigrationPortal.Runs.Starting;
using MigrationPortal.Tests.Engine;
using MigrationPortal.Tests.Shared;
using Npgsql;

namespace MigrationPortal.Tests.Runs;

/// <summary>The portal over two small chat databases, scanned, with batches as far as a test wants them.</summary>
internal sealed class RunWorld : IAsyncDisposable
{
    private RunWorld(ChatWorld chat, PortalApp portal) => (Chat, Portal) = (chat, portal);

    public ChatWorld Chat { get; }

    public PortalApp Portal { get; }

    public Caller Operator { get; } = new("operator", "Olga Operator", new HashSet<Role> { Role.Operator });

    public static Task<RunWorld> CreateAsync(Action<ChatWorld>? prepare = null, params (string Key, string Value)[] settings) => CreateAsync(chat =>
    {
        prepare?.Invoke(chat);
        return settings;
    });

    /// <param name="settings">Of the portal, by the chat databases that were made.</param>
    public static async Task<RunWorld> CreateAsync(Func<ChatWorld, (string Key, string Value)[]> settings)
    {
        var chat = await ChatWorld.CreateAsync();
        var configuration = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["PoolPairs:0:Id"] = "contoso",
            ["PoolPairs:0:Name"] = "Contoso",
            ["PoolPairs:0:Legacy:Product"] = "LyncGroupChat2010",
            ["PoolPairs:0:Legacy:Provider"] = "PostgreSql",
            ["PoolPairs:0:Legacy:ConnectionString"] = chat.LegacyDatabase.ConnectionString,
            ["PoolPairs:0:New:Product"] = "LyncPersistentChat2013",
            ["PoolPairs:0:New:Provider"] = "PostgreSql",
            ["PoolPairs:0:New:ConnectionString"] = chat.NewDatabase.ConnectionString,
        };
        foreach (var (key, value) in settings(chat))
            configuration[key] = value;
        var world = new RunWorld(chat, await PortalApp.StartAsync(configuration));
        await world.ScanAsync();
        return world;
    }

    public async Task ScanAsync()
    {
        ChatWorld.Done(await Portal.Get<RequestScanHandler>().HandleAsync(new RequestScan("contoso"), Caller.Portal, CancellationToken.None));
        await Eventually.TrueAsync(async () =>
        {
            await using var db = Portal.Database.OpenPortal();
            var scan = await db.Set<Scan>().OrderByDescending(x => x.Id).FirstAsync();
            Assert.True(scan.State != ScanState.Failed, scan.Error?.ToString());
            return scan.State == ScanState.Completed;
        });
    }

    /// <summary>A batch whose plan was computed and approved; all rooms without a finding that blocks.</summary>
    public async Task<long> ApprovedBatchAsync(params string[] rooms)
    {
        await using var db = Portal.Database.OpenPortal();
        var guids = rooms.Select(Guid.Parse).ToList();
        var ids = await db.Set<Room>().Where(x => guids.Contains(x.Guid)).Select(x => x.Id).ToListAsync();
        var batch = new Batch { PoolPairId = "contoso", Name = "First wave", Author = "planner", CreatedAt = DateTimeOffset.UnixEpoch };
        db.Add(batch);
        await db.SaveChangesAsync();
        db.AddRange(ids.Select(id => new BatchRoom { BatchId = batch.Id, RoomId = id }));
        await db.SaveChangesAsync();
        await ApproveAsync(batch.Id);
        return batch.Id;
    }

    /// <summary>Submits and approves a draft.</summary>
    public async Task ApproveAsync(long batchId)
    {
        var planner = new Caller("planner", "Planner", new HashSet<Role> { Role.Planner });
        var approver = new Caller("approver", "Approver", new HashSet<Role> { Role.Approver });
        var review = ChatWorld.Done(await Portal.Get<SubmitBatchHandler>().HandleAsync(new SubmitBatch(batchId, AcknowledgeWarnings: true), planner, CancellationToken.None));
        ChatWorld.Done(await Portal.Get<ApproveBatchHandler>().HandleAsync(new ApproveBatch(batchId, review.Fingerprint), approver, CancellationToken.None));
    }

    public async Task<RunMoved> StartAsync(long batchId) =>
        ChatWorld.Done(await Portal.Get<StartRunHandler>().HandleAsync(new StartRun(batchId, []), Operator, CancellationToken.None));

    public async Task<RunView> RunAsync(long runId) => (await Portal.Get<RunQueries>().FindAsync(runId, CancellationToken.None))!;

    public Task<RunView> UntilAsync(long runId, params RunState[] states) => Eventually.IsAsync(() => RunAsync(runId), run => states.Contains(run.State));

    public Task<RunView> EndAsync(long runId) => Eventually.IsAsync(() => RunAsync(runId), run => run.State.IsFinal());

    public async Task<BatchState> BatchAsync(long batchId)
    {
        await using var db = Portal.Database.OpenPortal();
        return await db.Set<Batch>().Where(x => x.Id == batchId).Select(x => x.State).SingleAsync();
    }

    public async Task<IReadOnlyList<TransferLine>> TransfersAsync(long runId) =>
        (await Portal.Get<TransferQueries>().ListAsync(runId, MigrationPortal.Api.Paging.Of(null, null), CancellationToken.None)).Items;

    /// <summary>A batch of those rooms that ran, with nothing to complain of.</summary>
    public async Task<long> RanAsync(params string[] rooms)
    {
        var batch = await ApprovedBatchAsync(rooms);
        var run = await EndAsync((await StartAsync(batch)).RunId);
        Assert.Equal((RunState.Completed, null), (run.State, run.Error));
        return batch;
    }

    /// <summary>Asked by one person, approved by another, and taken back.</summary>
    public async Task UndoneAsync(long batch)
    {
        using var op = new ApiTalk(Portal.Address, "operator");
        using var approver = new ApiTalk(Portal.Address, "approver");
        var asked = await op.PostAsync($"batches/{batch}/undo", new { reason = "Wrong" });
        await approver.ApproveUndoAsync(batch, asked);
        await op.PostAsync($"batches/{batch}/undo");
        await Eventually.IsAsync(() => BatchAsync(batch), x => x is BatchState.Undone or BatchState.Failed);
        Assert.Equal(BatchState.Undone, await BatchAsync(batch));
    }

    /// <summary>Waits until a state in the portal's database is none of work, over a connection of its own: an outage cuts those of the pool.</summary>
    public async Task EndsAsync(string sql, string state) =>
        Assert.Equal(state, await Eventually.IsAsync(() => StateAsync(sql), x => x is not (null or "Running" or "Queued" or "Undoing")));

    /// <summary>Over a connection of its own, as <see cref="EndsAsync"/>.</summary>
    public async Task<string?> StateAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(Portal.Database.ConnectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return Convert.ToString(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }

    public async ValueTask DisposeAsync()
    {
        await Portal.DisposeAsync();
        await Chat.DisposeAsync();
    }
}
