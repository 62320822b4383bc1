using Bunit;
using Microsoft.Extensions.Time.Testing;
using MigrationPortal.Api;
using MigrationPortal.Batches;
using MigrationPortal.Batches.Browsing;
using MigrationPortal.Batches.Editing;
using MigrationPortal.Batches.Viewing;
using MigrationPortal.Engine;
using MigrationPortal.Reviews.BreakGlass;
using MigrationPortal.Tests.Batches;
using MigrationPortal.Tests.Shared;
using static MigrationPortal.Tests.Batches.BatchWorld;
using static MigrationPortal.Tests.Reviews.BreakGlass.EmergencyWorld;

namespace MigrationPortal.Tests.Reviews.BreakGlass;

/// <summary>Whoever asked takes it back before anybody confirmed it; and what a list of batches says of emergency starts.</summary>
public sealed class WithdrawBreakGlassTests
{
    [Fact]
    public async Task Withdraw_ByWhoAsked_MakesRoomForAnotherOne()
    {
        await using var world = await StartedAsync();
        var id = await world.SubmittedAsync("Wave 1", "Desk");
        var asked = Done(await world.AskAsync(id, Olga));
        Refused(await world.WithdrawAsync(asked, Omar), "break-glass-not-own");
        Refused(await world.WithdrawAsync(asked, Anna), "not-allowed");
        Refused(await world.WithdrawAsync(asked, Olga, " "), "reason-required");
        Refused(await world.AskAsync(id, Omar), "break-glass-open");

        Done(await world.WithdrawAsync(asked, Olga));

        Refused(await world.WithdrawAsync(asked, Olga), "break-glass-withdrawn");
        Refused(await world.ConfirmAsync(asked, Omar), "break-glass-withdrawn");
        var again = Done(await world.AskAsync(id, Omar));
        Done(await world.ConfirmAsync(again, Olga));
        Refused(await world.WithdrawAsync(again, Omar), "break-glass-confirmed");
        var kept = Assert.Single((await world.Get<BreakGlassQueries>().ListAsync(id, Paging.Of(0, null), CancellationToken.None)).Items, x => x.Id == asked.Id);
        Assert.Equal((BreakGlassState.Withdrawn, "power is back"), (kept.State, kept.WithdrawnReason));
        Assert.Contains("BreakGlassWithdrawn", await world.KindsAsync(id));
        Assert.Equal(1, await world.AuditsAsync("BatchBreakGlassWithdrawn"));
    }

    [Fact]
    public async Task Withdraw_AfterAnHour_HasLapsed_AndTheBatchCanBeDeletedAfterAWithdrawal()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero));
        await using var world = await StartedAsync(clock);
        var id = await world.SubmittedAsync("Wave 1", "Desk");
        var asked = Done(await world.AskAsync(id, Olga));
        clock.Advance(BreakGlassRequest.ConfirmWithin);
        Refused(await world.WithdrawAsync(asked, Olga), "break-glass-lapsed");
        Done(await world.WithdrawAsync(Done(await world.AskAsync(id, Olga)), Olga));
        Done(await world.Get<MigrationPortal.Reviews.RecallBatchHandler>().HandleAsync(new(id), Petra, CancellationToken.None));
        Done(await world.Get<DeleteBatchHandler>().HandleAsync(new(id), Petra, CancellationToken.None));
    }

    [Fact]
    public async Task WithdrawAndConfirm_AtOnce_OneOfThemCounts()
    {
        await using var world = await StartedAsync();
        var id = await world.SubmittedAsync("Wave 1", "Desk");
        var confirmed = false;
        for (var i = 0; i < 8 && !confirmed; i++)
        {
            var asked = Done(await world.AskAsync(id, Olga));
            var outcomes = await Task.WhenAll(world.WithdrawAsync(asked, Olga), world.ConfirmAsync(asked, Omar));
            var one = Assert.Single(outcomes, x => x.IsDone).Value!;
            confirmed = one.State == BreakGlassState.Confirmed;
            Assert.Equal(confirmed ? BatchState.Approved : BatchState.InReview, (await world.BatchAsync(id)).State);
        }
    }

    [Fact]
    public async Task Card_OfWhoAsked_WithdrawsWithAReason_AndOthersSeeWhyTheyCannot()
    {
        await using var world = await StartedAsync();
        var id = await world.SubmittedAsync("Wave 1", "Desk");
        Done(await world.AskAsync(id, Olga));
        await using var second = new PageContext(world.Services, Omar);
        second.RenderPopovers();
        var other = second.Render<BatchPage>(x => x.Add(p => p.Id, id));
        other.WaitForElement("#emergency button.action");
        Assert.Contains("Only the user who requested", Button(other).GetAttribute("title"), StringComparison.Ordinal);

        await using var first = new PageContext(world.Services, Olga);
        first.RenderPopovers();
        var dialogs = first.RenderDialogs();
        var page = first.Render<BatchPage>(x => x.Add(p => p.Id, id));
        page.WaitForElement("#emergency button.action");
        var withdrawing = page.InvokeAsync(() => Button(page).ClickAsync());
        dialogs.WaitForElement(".mud-dialog textarea");
        await dialogs.InvokeAsync(() => dialogs.Find(".mud-dialog textarea").Input("power is back"));
        await dialogs.AnswerAsync(withdrawing, isConfirmed: true);
        page.WaitForState(() => page.Find("#emergency").TextContent.Contains("power is back", StringComparison.Ordinal));
        other.WaitForState(() => other.Find("#emergency").TextContent.Contains("Request withdrawn", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ListAndBoard_OfBatches_MarkOneUntilItIsReviewed()
    {
        await using var world = await StartedAsync();
        var (id, other) = (await world.SubmittedAsync("Wave 1", "Desk"), await world.SubmittedAsync("Wave 2", "Repo"));
        await using var context = new PageContext(world.Services, Vera);
        context.RenderPopovers();
        var list = context.At($"/batches?pair={Pair}").Render<BatchesPage>();
        list.WaitForElement($"tr[data-row='{other}']");
        var asked = Done(await world.AskAsync(id, Olga));
        Assert.Empty(list.FindAll(".emergency"));

        Done(await world.ConfirmAsync(asked, Omar));

        list.WaitForElement($"tr[data-row='{id}'] .emergency[title='Emergency start not reviewed']");
        Assert.Single(list.FindAll(".emergency"));
        await using var boards = new PageContext(world.Services, Vera);
        boards.RenderPopovers();
        var board = boards.At($"/batches?pair={Pair}&view=board").Render<BatchesPage>();
        board.WaitForState(() => board.FindAll("a.tile").Count(x => x.TextContent.Contains("Emergency start not reviewed", StringComparison.Ordinal)) == 1);
        Done(await world.ReviewAsync(asked, Aron));
        list.WaitForState(() => list.FindAll(".emergency").Count == 0);
        board.WaitForState(() => !board.Markup.Contains("Emergency start not reviewed", StringComparison.Ordinal));
    }

    private static AngleSharp.Dom.IElement Button(IRenderedComponent<BatchPage> page) =>
        page.FindAll("#emergency button.action").Single(x => x.TextContent.Trim() == "Withdraw request…");
}
