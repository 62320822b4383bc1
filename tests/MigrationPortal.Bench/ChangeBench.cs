using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MigrationPortal.Access;
using MigrationPortal.App;
using MigrationPortal.Data;
using MigrationPortal.Live;
using MigrationPortal.Runs.Watching;

namespace MigrationPortal.Bench;

/// <summary>What one change costs a node on which nobody made it: the numbers beside the navigation of every page, and a run that another node works on.</summary>
internal static class ChangeBench
{
    private const int Pages = 200;
    private const int Changed = 5;

    // Bounds; the reference column names them. A page is drawn anew within a second of the change.
    private const double CountsMilliseconds = 100;
    private const double NewsMilliseconds = 250;

    public static async Task RunAsync(WebApplication portal, long runId)
    {
        BenchTable.Print($"numbers beside the navigation, {Pages} pages, p95", await CountAsync(portal), CountsMilliseconds, "ms");
        BenchTable.Print($"another node's run, {Changed} rooms changed, p95", await FollowAsync(portal, runId), NewsMilliseconds, "ms");
    }

    // Of all pages together, which hear of the change at once.
    private static Task<double> CountAsync(WebApplication portal)
    {
        var counts = portal.Services.GetRequiredService<NavCounts>();
        var feed = portal.Services.GetRequiredService<LiveFeed>();
        var viewer = new Caller("viewer", "Vera", new HashSet<Role> { Role.Viewer });
        return BenchTable.P95Async(async () =>
        {
            feed.Announce("batch:1");
            await Task.WhenAll(Enumerable.Range(0, Pages).Select(_ => counts.CountAsync("large", viewer, CancellationToken.None)));
        });
    }

    // The rows are written as the other node writes them, and its news delivered; a listener of this node then hears which rooms changed.
    private static async Task<double> FollowAsync(WebApplication portal, long runId)
    {
        var feed = portal.Services.GetRequiredService<LiveFeed>();
        var heard = new SemaphoreSlim(0);
        var watch = (await portal.Services.GetRequiredService<RunFeed>().WatchAsync(runId, _ => { heard.Release(); return Task.CompletedTask; }, CancellationToken.None))!;
        using var subscription = watch.Subscription;
        // Of a run that has just begun every room changed within the time that is read again each time.
        await Task.Delay(1.5 * LiveRun.Overlap);
        await using var db = await portal.Services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync();
        return await BenchTable.P95Async(async () =>
        {
            await db.Database.ExecuteSqlAsync($"update portal.room_transfers set copied_message_count = copied_message_count + 1, revision = revision + 1 where run_id = {runId} and ordinal < {Changed}");
            feed.Deliver($"run:{runId}");
            await heard.WaitAsync();
        });
    }
}
