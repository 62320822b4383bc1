using System.Diagnostics;
using Microsoft.Playwright;
using MigrationPortal.EndToEnd.Shared;
using MigrationPortal.EndToEnd.SignIn;
using Xunit.Abstractions;
using static Microsoft.Playwright.Assertions;

namespace MigrationPortal.EndToEnd;

/// <summary>Two nodes over one database, each with people whose browsers are open at it.</summary>
[Collection(PortalCollection.Name)]
public sealed class TwoNodesTests(ITestOutputHelper output)
{
    // What the portal promises, not what a test waits at most.
    private static readonly LocatorAssertionsToHaveCountOptions _halfAMinute = new() { Timeout = 30_000 };

    [Fact]
    public async Task Presence_TabKilledOrFrozenOrItsNodeKilled_IsGoneOnTheOtherNodesPageWithinHalfAMinute()
    {
        var portal = new RunningPortal();
        await portal.InitializeAsync();
        try
        {
            using var api = portal.Api("planner");
            await using var batch = await portal.MovableBatchAsync(api, "Watched from two nodes");
            await using var node = await SecondNodeAsync(portal);
            var watcher = await portal.SignInAsync("viewer");
            await watcher.GotoAsync($"/batches/{batch.Id}");
            var list = watcher.Locator(".here .sheet li");
            await Expect(list).ToHaveCountAsync(1);

            await using var tab = await portal.LaunchAsync();
            await using var frozen = await portal.LaunchAsync();
            var killed = await (await OpenAsync(node, tab, "planner", batch.Id)).ProcessesAsync("renderer");
            var stopped = await (await OpenAsync(node, frozen, "approver", batch.Id)).ProcessesAsync("renderer");
            await OpenAsync(node, portal.Browser, "operator", batch.Id);
            await Expect(list).ToHaveCountAsync(4);

            var since = Stopwatch.StartNew();
            await BrowserProcesses.SignalAsync("STOP", stopped);
            try
            {
                await BrowserProcesses.SignalAsync("KILL", killed);
                await Expect(list.Filter(new() { HasText = "Planner" })).ToHaveCountAsync(0, _halfAMinute);
                output.WriteLine($"killed tab gone after {since.ElapsedMilliseconds} ms");
                await Expect(list.Filter(new() { HasText = "Approver" })).ToHaveCountAsync(0, _halfAMinute);
                output.WriteLine($"frozen tab gone after {since.ElapsedMilliseconds} ms");
                Assert.True(since.Elapsed < TimeSpan.FromSeconds(30), $"{since.Elapsed}");
                await Expect(list.Filter(new() { HasText = "Operator" })).ToHaveCountAsync(1);
            }
            finally
            {
                await BrowserProcesses.SignalAsync("CONT", stopped);
            }

            since.Restart();
            await node.KillAsync();
            await Expect(list).ToHaveCountAsync(1, _halfAMinute);
            output.WriteLine($"people of the killed node gone after {since.ElapsedMilliseconds} ms");
        }
        finally
        {
            await portal.DisposeAsync();
        }
    }

    // It reads the same chat databases: a job may be done by either.
    private static Task<SignInPortal> SecondNodeAsync(RunningPortal portal) => SignInPortal.StartAsync(new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["ConnectionStrings:Portal"] = Database(portal, "migrationportal"),
        ["PoolPairs:0:Id"] = "tiny",
        ["PoolPairs:0:Name"] = "Tiny",
        ["PoolPairs:0:Legacy:Product"] = "LyncGroupChat2010",
        ["PoolPairs:0:Legacy:Provider"] = "PostgreSql",
        ["PoolPairs:0:Legacy:ConnectionString"] = Database(portal, "sample_tiny_legacy"),
        ["PoolPairs:0:New:Product"] = "LyncPersistentChat2013",
        ["PoolPairs:0:New:Provider"] = "PostgreSql",
        ["PoolPairs:0:New:ConnectionString"] = Database(portal, "sample_tiny_new"),
    });

    private static string Database(RunningPortal portal, string name) => $"Host={portal.Socket};Username=portal;Database={name}";

    private static async Task<IPage> OpenAsync(SignInPortal node, IBrowser browser, string persona, string batch)
    {
        var page = await node.PageAsync(browser);
        await page.GotoAsync("/signin");
        await page.Locator($"button[value={persona}]").ClickAsync();
        await page.IsAtAsync("^(?!.*/signin)");
        await page.GotoAsync($"/batches/{batch}");
        await Expect(page.Locator(".here .sheet li").Filter(new() { HasText = "(you)" })).ToHaveCountAsync(1);
        return page;
    }
}
