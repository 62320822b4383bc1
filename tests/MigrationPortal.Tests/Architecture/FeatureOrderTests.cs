using ArchUnitNET.Fluent;
using ArchUnitNET.Loader;
using ArchUnitNET.xUnit;
using MigrationPortal.Engine;
using Xunit.Abstractions;

namespace MigrationPortal.Tests.Architecture;

public sealed class FeatureOrderTests(ITestOutputHelper output)
{
    private static readonly Lazy<CompiledUses> Portal = new(() => new(typeof(Program).Assembly.Location, "MigrationPortal"));
    private static readonly Lazy<CompiledUses> Engine = new(() => new(typeof(Outcome<>).Assembly.Location, "MigrationPortal.Engine"));

    [Fact]
    public void Portal_EachFeature_UsesOnlyWhatStandsBeforeIt() => HoldOrder(Portal.Value.All, FeatureOrder.Portal);

    [Fact]
    public void Engine_EachFolder_UsesOnlyWhatStandsBeforeIt() => HoldOrder(Engine.Value.All, FeatureOrder.Engine);

    [Fact]
    public void Portal_TablesOfAnotherFeature_AreReadThroughItsQueries() => Assert.Equal([], Sentences(Portal.Value.Tables));

    [Fact]
    public void Engine_WebAndPortalsDatabase_AreUnknownToIt() => ArchRuleDefinition.Types().Should()
        .NotDependOnAnyTypesThat().ResideInNamespaceMatching(@"^Microsoft\.(AspNetCore|EntityFrameworkCore|JSInterop)").AndShould()
        .NotDependOnAnyTypesThat().ResideInNamespaceMatching("^(MudBlazor|Quartz)")
        .Check(new ArchLoader().LoadAssembly(typeof(Outcome<>).Assembly).Build());

    private void HoldOrder(IReadOnlyCollection<Use> uses, IReadOnlyList<string> order)
    {
        WriteTable(uses, order);
        Assert.Empty(uses.SelectMany(x => new[] { x.FromFolder, x.ToFolder }).Except(order));
        var rank = order.Select((name, i) => (name, i)).ToDictionary(x => x.name, x => x.i);
        Assert.Equal([], Sentences(uses.Where(x => rank[x.ToFolder] > rank[x.FromFolder])));
    }

    private static IEnumerable<string> Sentences(IEnumerable<Use> uses) => uses.Select(x => x.ToString()).Distinct().Order(StringComparer.Ordinal);

    // Rows use columns; below the diagonal is in order.
    private void WriteTable(IReadOnlyCollection<Use> uses, IReadOnlyList<string> order)
    {
        const int Width = 5;
        var counts = uses.CountBy(x => (x.FromFolder, x.ToFolder)).ToDictionary();
        output.WriteLine($"{"",-16}{string.Concat(order.Select(x => x[..Math.Min(Width - 1, x.Length)].PadLeft(Width)))}");
        foreach (var from in order)
            output.WriteLine($"{from,-16}{string.Concat(order.Select(to => (counts.TryGetValue((from, to), out var count) ? $"{count}" : ".").PadLeft(Width)))}");
    }
}
