using System.Globalization;
using Bunit;
using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Overview;
using MigrationPortal.Runs;
using MigrationPortal.Tests.Batches;
using MigrationPortal.Tests.Shared;

namespace MigrationPortal.Tests.Overview;

public sealed class OverviewPageTests
{
    [Fact]
    public async Task Page_BeforeTheCircuit_ShowsRowsThatWait()
    {
        await using var world = await BatchWorld.StartAsync();
        await using var context = Open(world, BatchWorld.Vera, isInteractive: false);
        Assert.NotEmpty(context.At("/").Render<OverviewPage>().FindAll("[aria-busy=true] .skeleton"));
    }

    [Fact]
    public async Task Page_ForAViewer_ShowsTheStateAndNoSteps()
    {
        await using var world = await BatchWorld.StartAsync();
        await world.SubmittedAsync("First", "Desk");
        await using var context = Open(world, BatchWorld.Vera);
        var page = context.At($"/?pair={BatchWorld.Pair}").Render<OverviewPage>();
        page.WaitForElement(".standing");
        Assert.Empty(page.FindAll(".next li"));
        Assert.Contains("No rooms verified yet", page.Markup, StringComparison.Ordinal);
        // Who did what is said by name, and no event by its code.
        Assert.Contains("Plan submitted", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_ForAnApprover_LeadsToWhatWaitsForThem()
    {
        await using var world = await BatchWorld.StartAsync();
        var id = await world.SubmittedAsync("First", "Desk");
        await using var context = Open(world, BatchWorld.Anna);
        var page = context.At($"/?pair={BatchWorld.Pair}").Render<OverviewPage>();
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"/batches/{id}"), page.WaitForElement(".next a.btn.p").GetAttribute("href"), StringComparison.Ordinal);
        Assert.Contains("First", page.Find(".next li").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_OfAVerifiedRoom_DrawsItsDay()
    {
        await using var world = await BatchWorld.StartAsync();
        await VerifiedAsync(world, "Desk");

        await using var context = Open(world, BatchWorld.Vera);
        var page = context.At($"/?pair={BatchWorld.Pair}").Render<OverviewPage>();
        Assert.Contains("1 verified", page.WaitForElement(".progress figure").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_RoomsThatWereInTheNewPoolBefore_AreNotForecast()
    {
        await using var world = await BatchWorld.StartAsync();
        await VerifiedAsync(world, "Desk");
        await world.Database.ExecuteAsync("update portal.room_pairs set comparison = case legacy_name when 'Repo' then 'Same' else 'Different' end where legacy_name in ('Repo', 'Swaps')");

        await using var context = Open(world, BatchWorld.Vera);
        var page = context.At($"/?pair={BatchWorld.Pair}").Render<OverviewPage>();
        Assert.StartsWith("Everything is verified.", page.WaitForElement(".progress figure").GetAttribute("aria-label"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_BackFromAnotherPoolPair_ShowsTheFirstOneAgain()
    {
        await using var world = await BatchWorld.StartAsync();
        await world.AddPairAsync("fabrikam");
        await using var context = Open(world, BatchWorld.Vera);
        var page = context.At("/").Render<OverviewPage>();
        page.WaitForState(() => page.Find("b.legacy").TextContent == "LYNC10");
        await page.InvokeAsync(() => context.At("/?pair=fabrikam"));
        page.WaitForState(() => page.Find("b.legacy").TextContent == "OCS07");
        await page.InvokeAsync(() => context.At("/"));
        page.WaitForState(() => page.Find("b.legacy").TextContent == "LYNC10");
    }

    [Theory]
    [InlineData(RunState.Paused, PauseCause.Window, "Paused", "its window has ended")]
    [InlineData(RunState.Paused, PauseCause.Person, "Paused", null)]
    [InlineData(RunState.Stopping, null, "Stopping", null)]
    [InlineData(RunState.Running, null, null, "is making no progress")]
    public async Task Page_WithAnOpenRun_NamesItsStateAndWhatNeedsAttention(RunState state, PauseCause? cause, string? badge, string? attention)
    {
        await using var world = await BatchWorld.StartAsync();
        var id = await world.SubmittedAsync("First", "Desk");
        var room = await world.RoomAsync("Desk");
        await using (var db = world.Database.OpenPortal())
        {
            var plan = await db.Set<BatchPlan>().Where(x => x.BatchId == id).MaxAsync(x => x.Id);
            var now = TimeProvider.System.GetUtcNow();
            var run = new Run { BatchId = id, PlanId = plan, StartedBy = "olga", StartedAt = now.AddMinutes(-10), State = state, PauseCause = cause };
            db.Add(run);
            await db.SaveChangesAsync();
            db.AddRange(Transfer(run.Id, room, 0, TransferState.Failed), Transfer(run.Id, await world.RoomAsync("Repo"), 1, TransferState.Done));
            db.AddRange(new RunSample { RunId = run.Id, At = now.AddMinutes(-5), CopiedMessageCount = 5, VerifiedMessageCount = 0 }, new RunSample { RunId = run.Id, At = now.AddSeconds(-1), CopiedMessageCount = 5, VerifiedMessageCount = 0 });
            await db.SaveChangesAsync();
        }

        await using var context = Open(world, BatchWorld.Vera);
        var page = context.At($"/?pair={BatchWorld.Pair}").Render<OverviewPage>();
        var card = page.WaitForElement(".running .moving");
        Assert.Contains("1 of 2 rooms verified", card.TextContent, StringComparison.Ordinal);
        Assert.Contains("1 failed", card.TextContent, StringComparison.Ordinal);
        if (badge is not null)
            Assert.Contains(badge, card.QuerySelector(".badge")!.TextContent, StringComparison.Ordinal);
        var lines = string.Join(' ', page.FindAll(".lines li .sub").Select(x => x.TextContent));
        Assert.Equal(attention is not null, attention is not null && lines.Contains(attention, StringComparison.Ordinal));
        Assert.Equal(attention == "its window has ended", lines.Contains("window", StringComparison.Ordinal));
    }

    private static async Task VerifiedAsync(BatchWorld world, string name)
    {
        var (id, room) = (await world.SubmittedAsync("First", name), await world.RoomAsync(name));
        await using var db = world.Database.OpenPortal();
        var plan = await db.Set<BatchPlan>().Where(x => x.BatchId == id).MaxAsync(x => x.Id);
        var run = new Run { BatchId = id, PlanId = plan, StartedBy = "olga", StartedAt = TimeProvider.System.GetUtcNow(), State = RunState.Completed };
        db.Add(run);
        await db.SaveChangesAsync();
        db.Add(new RoomTransfer
        {
            RunId = run.Id, RoomId = room, Guid = Guid.NewGuid(), Ordinal = 0, RoomName = name, TotalMessageCount = 5, CopiedMessageCount = 5, VerifiedMessageCount = 5,
            State = TransferState.Done, Grade = MigrationPortal.Engine.Verification.Grade.Perfect, FinishedAt = TimeProvider.System.GetUtcNow(),
        });
        await db.SaveChangesAsync();
    }

    private static RoomTransfer Transfer(long run, long room, int ordinal, TransferState state) => new()
    {
        RunId = run, RoomId = room, Guid = Guid.NewGuid(), Ordinal = ordinal, RoomName = "Desk", TotalMessageCount = 5, CopiedMessageCount = 5, State = state,
    };

    private static PageContext Open(BatchWorld world, Caller caller, bool isInteractive = true) => new(world.Services, caller, isInteractive);
}
