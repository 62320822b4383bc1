using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Serialization;
using MigrationPortal.Api;
using MigrationPortal.Batches;
using MigrationPortal.Batches.Editing;
using MigrationPortal.Batches.Planning;
using MigrationPortal.Batches.Viewing;
using MigrationPortal.Engine.Planning;
using MigrationPortal.Tests.Engine.Planning;
using static MigrationPortal.Tests.Batches.BatchWorld;

namespace MigrationPortal.Tests.Batches.Planning;

/// <summary>Many categories that have the same people in their scope: the plan says them once.</summary>
public sealed class SharedScopeTests
{
    private static readonly JsonSerializerOptions AsBefore = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    [Fact]
    public async Task Plan_CategoriesOfOneScope_ListItOnce_AndCountWhatIsWritten()
    {
        await using var world = await StartAsync(Desks());
        var id = await world.CreateAsync(Petra, "Wave 1", "a", "b", "own");

        var plan = Done(await world.Get<PlanBatchHandler>().HandleAsync(new PlanBatch(id), CancellationToken.None));
        var lines = (await world.Get<PlanQueries>().ItemsAsync(plan.Id, new PlanFilter(), new Paging(0, 1000), CancellationToken.None)).Items;

        Assert.Equal([("contoso.com", "root"), ("kim", "root"), ("lee", "Own")], lines.Where(x => x.Kind == PlanItemKinds.Scope).Select(x => (x.Subject, x.Property!)).Order());
        Assert.Equal([("A", "root"), ("B", "root"), ("Own", "Own")], lines.Where(x => x is { Kind: PlanItemKinds.Category, Property: "AllowedMembers" }).Select(x => (x.Subject, x.New!)).Order());
        Assert.Equal(5, plan.Totals.Single(x => x.Kind == PlanItemKinds.Scope).Created);
    }

    [Fact]
    public async Task Plan_SomebodyAdmittedToOneCategory_StandsOnItAlone()
    {
        var pool = Desks().Principal("out", path: "CN=out,DC=fabrikam,DC=com").Member("b", "out");
        await using var world = await StartAsync(pool);
        var id = await world.CreateAsync(Petra, "Wave 1", "a", "b");
        Done(await world.Get<EditBatchHandler>().HandleAsync(
            new EditBatch(id) { SetsOptions = true, Options = new PlanOptions { OutOfScope = OutOfScope.Admit } }, Petra, CancellationToken.None));

        var plan = Done(await world.Get<PlanBatchHandler>().HandleAsync(new PlanBatch(id), CancellationToken.None));
        var lines = (await world.Get<PlanQueries>().ItemsAsync(plan.Id, new PlanFilter([PlanItemKinds.Scope]), new Paging(0, 1000), CancellationToken.None)).Items;

        Assert.Equal([("contoso.com", "root", "ScopeKept"), ("kim", "root", "ScopeKept"), ("out", "B", "Admitted")], lines.Select(x => (x.Subject, x.Property!, x.Code)).Order());
        Assert.Equal(5, plan.Totals.Single(x => x.Kind == PlanItemKinds.Scope).Created);
    }

    [Fact]
    public async Task Change_OfASharedScopeAndOfARoomsCategory_IsToldOnceEach()
    {
        await using var world = await StartAsync(Desks());
        var id = await world.CreateAsync(Petra, "Wave 1", "a", "b");
        var before = Done(await world.Get<PlanBatchHandler>().HandleAsync(new PlanBatch(id), CancellationToken.None));
        await world.ScanAsync(Desks(categoryOfB: "Own").Scope("root", "lee"));

        var after = Done(await world.Get<PlanBatchHandler>().HandleAsync(new PlanBatch(id), CancellationToken.None));
        var lines = (await world.Get<PlanDifference>().BetweenAsync(id, before, after, CancellationToken.None)).Lines;

        Assert.Equal([("lee", "root")], lines.Where(x => x.Kind == PlanItemKinds.Scope).Select(x => (x.Subject, x.Place!)).Order());
        Assert.Equal([("B", false), ("Own", true)], lines.Where(x => x.Kind == PlanItemKinds.Category).Select(x => (x.Subject, x.Old is null)).Order());
    }

    [Fact]
    public void Document_ReadBack_IsThePlan_AndKeepsASharedScopeOnce()
    {
        var plan = Desks().Plan().Plan;

        var read = PlanDocument.Read(PlanDocument.Write(plan));

        Assert.Equal(plan.Categories.Select(x => (x.Guid, string.Join(',', x.Scope))), read.Categories.Select(x => (x.Guid, string.Join(',', x.Scope))));
        Assert.Same(read.Categories.Single(x => x.Name == "A").Scope, read.Categories.Single(x => x.Name == "B").Scope);
        Assert.Equal(plan.Rooms.Select(x => x.Guid), read.Rooms.Select(x => x.Guid));
        Assert.Equal(plan.Fingerprint, read.Fingerprint);
    }

    [Fact]
    public void Document_KeptByAnOlderVersion_IsStillRead()
    {
        var plan = Desks().Plan().Plan;
        using var document = new MemoryStream();
        using (var gzip = new GZipStream(document, CompressionLevel.Fastest))
            JsonSerializer.Serialize(gzip, plan, AsBefore);

        var read = PlanDocument.Read(document.ToArray());

        Assert.Equal(plan.Fingerprint, read.Fingerprint);
        Assert.Equal(plan.Categories.Select(x => x.Scope.Count), read.Categories.Select(x => x.Scope.Count));
    }

    /// <summary>Two categories with the root's scope of a domain and a person, and one that defines its own.</summary>
    private static PoolBuilder Desks(string categoryOfB = "B") => new PoolBuilder()
        .Principal("kim").Principal("lee").Scope("root", "kim")
        .Category("A").Category("B").Category("Own").Scope("Own", "lee")
        .Room("a", "A").Room("b", categoryOfB).Room("own", "Own");
}
