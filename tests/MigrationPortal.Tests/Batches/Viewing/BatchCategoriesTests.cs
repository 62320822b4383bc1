using Bunit;
using MigrationPortal.Batches.Viewing;
using MigrationPortal.Batches.Viewing.BatchOptions;
using MigrationPortal.Tests.Engine.Planning;
using MigrationPortal.Tests.Shared;
using static MigrationPortal.Tests.Batches.BatchWorld;

namespace MigrationPortal.Tests.Batches.Viewing;

public sealed class BatchCategoriesTests
{
    [Fact]
    public async Task Categories_MoreThanAPage_AreOnPagesOfTheirOwn()
    {
        const int Count = 60;
        var pool = new PoolBuilder();
        for (var i = 0; i < Count; i++)
            pool.Category($"Desk {i:00}").Room($"Room {i:00}", $"Desk {i:00}");
        await using var world = await StartAsync(pool);
        var id = await world.CreateAsync(Petra, "Wave 1", [.. Enumerable.Range(0, Count).Select(x => $"Room {x:00}")]);
        await using var context = new PageContext(world.Services, Vera);
        var page = context.At($"/batches/{id}?tab=options&pair={Pair}&categories-skip=50").Render<BatchPage>(x => x.Add(p => p.Id, id));

        page.WaitForState(() => page.FindComponents<BatchCategories>() is [var categories] && categories.FindAll("tr[data-row]").Count == Count - 50);
        var shown = page.FindComponent<BatchCategories>();
        Assert.Equal([$"/batches/{id}?tab=options&pair={Pair}"], shown.FindAll(".pager a").Select(x => x.GetAttribute("href")));
        Assert.EndsWith($"/batches/{id}/categories/export", shown.FindComponent<MigrationPortal.Lists.ExportMenu>().Instance.Url, StringComparison.Ordinal);
    }
}
