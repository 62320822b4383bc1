using Microsoft.Extensions.DependencyInjection;
using MigrationPortal.Samples;
using MigrationPortal.Tests.Engine.Files;
using MigrationPortal.Tests.Shared;

namespace MigrationPortal.Tests.Samples;

public sealed class SampleFilesTests
{
    [Fact]
    public async Task Make_Twice_IsTheSameToTheLastByteAndHasOneOfEverything()
    {
        using var directory = new TemporaryDirectory();
        await using var portal = await PortalApp.StartAsync(new Dictionary<string, string>(StringComparer.Ordinal) { ["Samples:Load"] = "awkward", ["Data:Directory"] = directory.Path });
        var sample = portal.Get<SampleFiles>();
        var catalog = portal.Get<MigrationPortal.PoolPairs.PoolPairCatalog>();
        var pair = await Eventually.GetAsync(() => Task.FromResult(catalog.Find("awkward")), _ => true);
        await Eventually.TrueAsync(() => portal.Database.ScalarAsync<bool>("select exists (select from portal.scans where pool_pair_id = 'awkward' and state = 'Completed')"));
        var first = StoreWorld.Tree(pair!.Files!.Legacy) + StoreWorld.Tree(pair.Files.New!);

        File.Delete(Path.Combine(Path.GetDirectoryName(pair.Files.Legacy)!, "complete"));
        await sample.MakeAsync("awkward", pair.Legacy, pair.New, CancellationToken.None);

        Assert.Equal(first, StoreWorld.Tree(pair.Files.Legacy) + StoreWorld.Tree(pair.Files.New!));
        var problems = await portal.Database.ScalarAsync<string>("select string_agg(distinct coalesce(problem, 'Found'), ' ' order by coalesce(problem, 'Found')) from portal.inventory_file_links");
        Assert.Equal("Ambiguous Found LeavesStore Missing", problems);
        Assert.Null(sample.Of("tiny"));
    }
}
