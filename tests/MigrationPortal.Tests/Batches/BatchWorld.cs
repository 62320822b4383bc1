using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using MigrationPortal.Audit;
using MigrationPortal.Batches;
using MigrationPortal.Batches.Editing;
using MigrationPortal.Comments;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Preflight;
using MigrationPortal.Files;
using MigrationPortal.Freezes;
using MigrationPortal.Inbox;
using MigrationPortal.Jobs;
using MigrationPortal.Lists;
using MigrationPortal.Live;
using MigrationPortal.Notices;
using MigrationPortal.People;
using MigrationPortal.PoolPairs;
using MigrationPortal.Presence;
using MigrationPortal.Reviews;
using MigrationPortal.Rooms;
using MigrationPortal.Rooms.Scanning;
using MigrationPortal.Runs;
using MigrationPortal.SignIn;
using MigrationPortal.SignIn.People;
using MigrationPortal.Tests.Engine.Planning;
using MigrationPortal.Tests.Shared;
using MigrationPortal.Verification;
using MigrationPortal.Windows;

namespace MigrationPortal.Tests.Batches;

/// <summary>The rooms Batches and Reviews over a portal database with one scanned pool pair, and the people who work there.</summary>
internal sealed class BatchWorld : IAsyncDisposable
{
    public const string Pair = "contoso";

    public static readonly Caller Petra = Person("petra", Role.Planner);
    public static readonly Caller Paul = Person("paul", Role.Planner);
    public static readonly Caller Anna = Person("anna", Role.Approver);
    public static readonly Caller Marek = Person("marek", Role.Approver);
    public static readonly Caller Both = Person("both", Role.Planner, Role.Approver);
    public static readonly Caller Vera = Person("vera", Role.Viewer);

    private readonly ServiceProvider _services;

    private BatchWorld(TestDatabase database, ServiceProvider services) => (Database, _services) = (database, services);

    public TestDatabase Database { get; }

    public IServiceProvider Services => _services;

    /// <param name="settings">Of the configuration, e.g. <c>Roles:Grants:0:Group</c>.</param>
    public static async Task<BatchWorld> StartAsync(PoolBuilder? legacy = null, IReadOnlyDictionary<string, string?>? settings = null, TimeProvider? clock = null)
    {
        var database = await TestDatabase.CreatePortalAsync();
        var services = new ServiceCollection()
            .AddLogging()
            .AddLocalization()
            .AddSingleton(clock ?? TimeProvider.System)
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build())
            .AddSingleton<Microsoft.Extensions.Hosting.IHostEnvironment>(new Microsoft.Extensions.Hosting.Internal.HostingEnvironment { EnvironmentName = "Development" })
            .AddSignIn(new ConfigurationBuilder().Build())
            .AddPoolPairs(new ConfigurationBuilder().Build())
            .AddDbContextFactory<PortalDbContext>(options => PortalDatabase.Configure(options, database.ConnectionString))
            .AddSingleton<WaitOut>()
            .AddSingleton<DatabaseReturn>()
            .AddSingleton<MigrationPortal.Ui.Links>()
            .AddSingleton<MigrationPortal.Overview.OverviewQueries>()
            .AddSingleton<MigrationPortal.Overview.ProgressQueries>()
            .AddSingleton<MigrationPortal.CutOver.Timing.CutOverTimeQueries>()
            .AddLive()
            .AddLists()
            .AddAudit()
            .AddPresence(new ConfigurationBuilder().Build())
            .AddNotices()
            .AddRooms()
            .AddPeople()
            .AddFiles()
            .AddBatches()
            .AddComments()
            .AddReviews()
            .AddJobs()
            .AddRuns()
            .AddFreezes()
            .AddWindows()
            .AddVerification()
            .AddInbox()
            .BuildServiceProvider();
        var world = new BatchWorld(database, services);
        await using var db = database.OpenPortal();
        // Approvals count for people whose rights are known.
        foreach (var person in new[] { Anna, Marek, Both, new Caller("duo", "duo", new HashSet<Role> { Role.Planner, Role.Approver }) })
            db.Add(Known(person));
        db.Add(new PoolPair { Id = Pair, Name = "Contoso", LegacyName = "LYNC10", NewName = "PC01", LegacyProduct = "LyncGroupChat2010", NewProduct = "LyncPersistentChat2013" });
        await db.SaveChangesAsync();
        await world.ScanAsync(legacy ?? Trading());
        return world;
    }

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    /// <summary>Two first-level rooms without any warning, and one two levels down, which has one.</summary>
    public static PoolBuilder Trading() => new PoolBuilder()
        .Principal("kim").Principal("lee")
        .Category("Trading").Category("Rates", "Trading")
        .Room("Desk", "Trading").Room("Repo", "Trading").Room("Swaps", "Rates")
        .Member("Desk", "kim").Member("Repo", "kim").Member("Swaps", "lee")
        .Messages("Desk", 120).Messages("Repo", 30).Messages("Swaps", 7);

    public Task<long> ScanAsync(PoolBuilder legacy, ChatPool? target = null) => ScanAsync(legacy.Build(), target);

    public async Task<long> ScanAsync(ChatPool legacy, ChatPool? target = null)
    {
        await using var db = Database.OpenPortal();
        var scan = new Scan { PoolPairId = Pair, State = ScanState.Running, RequestedBy = "petra", RequestedAt = TimeProvider.System.GetUtcNow() };
        db.Add(scan);
        await db.SaveChangesAsync();
        await Get<LoadInventory>().HandleAsync(
            new ScannedPools(Pair, scan.Id, legacy, target ?? new PoolBuilder().Build(), new Dictionary<int, long>()), CancellationToken.None);
        await db.Set<Scan>().Where(x => x.Id == scan.Id).ExecuteUpdateAsync(set => set.SetProperty(x => x.State, ScanState.Completed));
        foreach (var follower in _services.GetServices<IAfterScan>())
            await follower.AfterScanAsync(Pair, CancellationToken.None);
        return scan.Id;
    }

    /// <summary>A pool pair after the first one, which nobody has scanned.</summary>
    public async Task AddPairAsync(string id)
    {
        await using var db = Database.OpenPortal();
        db.Add(new PoolPair { Id = id, Name = id, LegacyName = "OCS07", NewName = "PC02", LegacyProduct = "LyncGroupChat2010", NewProduct = "LyncPersistentChat2013", Ordinal = 1 });
        await db.SaveChangesAsync();
    }

    public async Task<long> RoomAsync(string name)
    {
        await using var db = Database.OpenPortal();
        return await db.Set<Room>().Where(x => x.Guid == PoolBuilder.Guids("node " + name)).Select(x => x.Id).SingleAsync();
    }

    public async Task<long> CreateAsync(Caller caller, string name, params string[] rooms)
    {
        var ids = new List<long>();
        foreach (var room in rooms)
            ids.Add(await RoomAsync(room));
        return Done(await Get<CreateBatchHandler>().HandleAsync(new CreateBatch(Pair, name, ids), caller, CancellationToken.None)).Id;
    }

    /// <summary>Submitted by Petra, every warning acknowledged.</summary>
    public async Task<long> SubmittedAsync(string name, params string[] rooms)
    {
        var id = await CreateAsync(Petra, name, rooms);
        Done(await SubmitAsync(id, Petra));
        return id;
    }

    public Task<Outcome<Review>> SubmitAsync(long batch, Caller caller) =>
        Get<SubmitBatchHandler>().HandleAsync(new SubmitBatch(batch, AcknowledgeWarnings: true), caller, CancellationToken.None);

    public async Task<Outcome<Decision>> ApproveAsync(long batch, Caller caller) =>
        await Get<ApproveBatchHandler>().HandleAsync(new ApproveBatch(batch, (await BatchAsync(batch)).Fingerprint), caller, CancellationToken.None);

    public async Task<Batch> BatchAsync(long id)
    {
        await using var db = Database.OpenPortal();
        return await db.Set<Batch>().AsNoTracking().SingleAsync(x => x.Id == id);
    }

    public async Task<List<string>> KindsAsync(long batch)
    {
        await using var db = Database.OpenPortal();
        return await db.Set<BatchEvent>().Where(x => x.BatchId == batch).OrderBy(x => x.Id).Select(x => x.Kind).ToListAsync();
    }

    public static T Done<T>(Outcome<T> outcome) =>
        outcome.IsDone ? outcome.Value : throw new Xunit.Sdk.XunitException($"{outcome.Refusal.Code}: {outcome.Refusal.Message}");

    public static Refusal Refused<T>(Outcome<T> outcome, string code)
    {
        Assert.Equal(code, outcome.Refusal?.Code);
        return outcome.Refusal!;
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await Database.DisposeAsync();
    }

    /// <summary>The row of somebody who signed in as a persona with these roles.</summary>
    public static Person Known(Caller caller) => new()
    {
        Source = PersonSource.Development,
        Key = caller.Name,
        Name = caller.Name,
        DisplayName = caller.DisplayName,
        Memberships = new Memberships([], [.. caller.Roles.Select(x => x.ToString())]),
        CheckedAt = TimeProvider.System.GetUtcNow(),
        LastSignedInAt = TimeProvider.System.GetUtcNow(),
    };

    private static Caller Person(string name, params Role[] roles) => new(name, name, roles.ToHashSet());
}
