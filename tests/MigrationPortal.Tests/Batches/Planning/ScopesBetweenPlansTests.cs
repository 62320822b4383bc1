using MigrationPortal.Batches.Editing;
using MigrationPortal.Batches.Planning;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Planning;
using MigrationPortal.Tests.Engine.Planning;
using static MigrationPortal.Tests.Batches.BatchWorld;

namespace MigrationPortal.Tests.Batches.Planning;

/// <summary>Who is told to gain or lose a category's scope where another node defines it than in the plan before.</summary>
public sealed class ScopesBetweenPlansTests
{
    [Fact]
    public async Task Change_OfOneOfTwoEqualScopes_TellsWhoCameAlone()
    {
        var (there, back) = await CompareAsync(Equal(), Equal().Scope("B", "lee"));

        // B's people stood below A's name until then.
        Assert.Equal([("lee", "B", true)], People(there));
        Assert.Equal([("B", "A", "B")], Definers(there));
        Assert.Equal([("lee", "B", false)], People(back));

        static PoolBuilder Equal() => Desks().Category("A").Scope("A", "kim").Category("B").Scope("B", "kim").Room("a", "A").Room("b", "B");
    }

    [Fact]
    public async Task Change_OfTheNodeThatDefinesEqualScopes_TellsNobody()
    {
        var (there, back) = await CompareAsync(
            Marked(Desks().Category("First")).Category("A").Scope("A", "kim").Category("B").Scope("B", "kim").Room("a", "A").Room("b", "B"),
            Marked(Desks().Category("First").Scope("First", "kim"), "lee").Category("A").Scope("A", "kim").Category("B").Scope("B", "kim").Room("a", "A").Room("b", "B"));

        Assert.Equal([("lee", "Mark", true)], People(there));
        Assert.Empty(Definers(there));
        Assert.Equal([("lee", "Mark", false)], People(back));
    }

    [Fact]
    public async Task Change_OfTheRootsName_TellsWhoCame_OnceForAllCategories()
    {
        var (there, _) = await CompareAsync(Pool("root"), Pool("Contoso", "lee"));

        Assert.Equal([("lee", "Contoso", true)], People(there));
        Assert.Equal([("A", "root", "Contoso"), ("B", "root", "Contoso")], Definers(there));

        static PoolBuilder Pool(string name, params string[] people) =>
            Desks().Scope("root", people).Category("A").Category("B").Room("a", "A").Room("b", "B").Change("root", x => x with { Name = name });
    }

    [Fact]
    public async Task Change_OfASplitCategorysScope_TellsWhoCameAndWentAlone()
    {
        var (there, back) = await CompareAsync(Split("kim", "lee"), Split("lee", "max"));

        // The part has another guid and another name, since both are made of the people in its scope.
        Assert.Equal([("kim", false), ("max", true)], People(there).Select(x => (x.Person, x.Comes)));
        Assert.Equal([("kim", true), ("max", false)], People(back).Select(x => (x.Person, x.Comes)));
        Assert.Single(there, x => x is { Kind: PlanItemKinds.Category, Property: null, Old: not null, New: not null });

        static PoolBuilder Split(params string[] people) => Desks().Category("A").Room("a", "A").Room("wall", "A").Scope("wall", people);
    }

    [Fact]
    public async Task Change_ThatDefinesASplitPartElsewhere_TellsNobodyOfIt()
    {
        var (there, back) = await CompareAsync(Split(), Split(first: ["kim"], mark: ["lee"]));

        Assert.Equal([("lee", "Mark", true)], People(there));
        Assert.Equal([("lee", "Mark", false)], People(back));
        Assert.Empty(Definers(there));

        static PoolBuilder Split(string[]? first = null, string[]? mark = null)
        {
            var pool = Desks().Category("First");
            if (first is not null)
                pool.Scope("First", first);
            return Marked(pool, mark ?? []).Category("A").Room("a", "A").Room("wall", "A").Scope("wall", "kim");
        }
    }

    [Fact]
    public async Task Change_ThatFindsACategoryInTheNewPool_TellsNobodyOfIt()
    {
        var (there, back) = await CompareAsync(Pool(), Pool(), new PoolBuilder().Category("A").Build());

        Assert.Empty(People(there));
        Assert.Empty(Definers(there));
        Assert.DoesNotContain(there, x => x.Kind == PlanItemKinds.Creator);
        Assert.Empty(People(back));

        static PoolBuilder Pool() => Desks().Category("A").Scope("A", "kim").Room("a", "A").Manager("A", "kim");
    }

    [Fact]
    public async Task Change_OfAnAdmittedPerson_IsToldApartFromTheScopeOfTheSameName()
    {
        var admits = new PlanOptions { OutOfScope = OutOfScope.Admit };
        var (there, back) = await CompareAsync(Pool(), Pool().Member("b", "out"), options: admits);

        Assert.Equal([("out", "B", true)], People(there));
        Assert.Equal([("out", "B", false)], People(back));
        Assert.DoesNotContain(there, x => x.Kind == PlanItemKinds.Category);

        static PoolBuilder Pool() => Desks().Category("B").Scope("B", "kim").Room("b", "B").Member("b", "kim");
    }

    private static PoolBuilder Desks() => new PoolBuilder().Principal("kim").Principal("lee").Principal("max").Principal("out", path: "CN=out,DC=fabrikam,DC=com");

    // A change of its own, so that the plans differ.
    private static PoolBuilder Marked(PoolBuilder pool, params string[] people) => pool.Category("Mark").Scope("Mark", ["max", .. people]).Room("mark", "Mark");

    /// <returns>What the second plan changes, and what going back would.</returns>
    private static async Task<(IReadOnlyList<ChangedLine> There, IReadOnlyList<ChangedLine> Back)> CompareAsync(PoolBuilder before, PoolBuilder after, ChatPool? target = null, PlanOptions? options = null)
    {
        await using var world = await StartAsync(before);
        var rooms = before.Build().Nodes.Where(x => !x.IsCategory).Select(x => x.Name).ToArray();
        var id = await world.CreateAsync(Petra, "Wave 1", rooms);
        if (options is not null)
            Done(await world.Get<EditBatchHandler>().HandleAsync(new EditBatch(id) { SetsOptions = true, Options = options }, Petra, CancellationToken.None));
        var first = Done(await world.Get<PlanBatchHandler>().HandleAsync(new PlanBatch(id), CancellationToken.None));
        await world.ScanAsync(after, target);
        var second = Done(await world.Get<PlanBatchHandler>().HandleAsync(new PlanBatch(id), CancellationToken.None));
        Assert.NotEqual(first.Id, second.Id);
        var difference = world.Get<PlanDifference>();
        return (
            (await difference.BetweenAsync(id, first, second, CancellationToken.None)).Lines,
            (await difference.BetweenAsync(id, second, first, CancellationToken.None)).Lines);
    }

    private static IEnumerable<(string Person, string Place, bool Comes)> People(IReadOnlyList<ChangedLine> lines) =>
        lines.Where(x => x.Kind == PlanItemKinds.Scope).Select(x => (x.Subject, x.Place!, x.Old is null)).Order();

    private static IEnumerable<(string Category, string? Old, string? New)> Definers(IReadOnlyList<ChangedLine> lines) =>
        lines.Where(x => x is { Kind: PlanItemKinds.Category, Property: "AllowedMembers" }).Select(x => (x.Subject, x.Old, x.New)).Order();
}
