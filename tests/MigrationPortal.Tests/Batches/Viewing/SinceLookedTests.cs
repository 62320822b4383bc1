using Bunit;
using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches.Editing;
using MigrationPortal.Batches.Viewing;
using MigrationPortal.Batches.Viewing.Since;
using MigrationPortal.Comments;
using MigrationPortal.Tests.Shared;
using static MigrationPortal.Tests.Batches.BatchWorld;

namespace MigrationPortal.Tests.Batches.Viewing;

/// <summary>A page that tells what happened while its reader was away, and keeps what the reader was writing.</summary>
public sealed class SinceLookedTests
{
    [Fact]
    public async Task Page_OpenedAgain_TellsWhatOthersDidSince_UntilItIsDismissed()
    {
        await using var world = await StartAsync();
        var id = await world.CreateAsync(Petra, "Wave 1", "Desk", "Repo");
        await using (var first = new PageContext(world.Services, Petra))
        {
            first.Render<BatchPage>(x => x.Add(p => p.Id, id));
            await Eventually.TrueAsync(async () =>
            {
                await using var db = world.Database.OpenPortal();
                return await db.Set<BatchSeen>().AnyAsync(x => x.BatchId == id && x.Person == Petra.Name);
            });
        }

        Done(await world.Get<RemoveRoomsHandler>().HandleAsync(new RemoveRooms(id, [await world.RoomAsync("Repo")]), Paul, CancellationToken.None));
        await using var context = new PageContext(world.Services, Petra);
        var page = context.Render<BatchPage>(x => x.Add(p => p.Id, id));
        var isMoved = false;
        page.OnMarkupUpdated += (_, _) => isMoved |= page.Markup.Contains("class=\"halves\"", StringComparison.Ordinal) && !page.Markup.Contains("card since", StringComparison.Ordinal);

        page.WaitForState(() => page.FindAll(".since").Count == 1);
        // What is below was not there before it.
        page.WaitForState(() => page.FindAll(".halves").Count == 1);
        Assert.False(isMoved);
        Assert.EndsWith("paul removed 1 room", page.Find(".since [role=status]").TextContent.Trim(), StringComparison.Ordinal);
        Assert.Equal("off", page.Find(".since [role=status] time").GetAttribute("aria-live"));
        page.WaitForElement(".since button[aria-expanded]");
        await page.InvokeAsync(() => page.Find(".since button[aria-expanded]").ClickAsync(new()));
        Assert.Contains("Repo", page.Find(".since [data-change]").TextContent, StringComparison.Ordinal);
        Assert.Equal(["p", "n"], page.FindAll(".since [data-change-step]").Select(x => x.GetAttribute("data-key")));

        Done(await world.Get<RenameBatchHandler>().HandleAsync(new RenameBatch(id, "Wave one"), Paul, CancellationToken.None));
        page.WaitForState(() => page.Find(".since [role=status]").TextContent.Contains("paul renamed the batch to “Wave one”", StringComparison.Ordinal));
        await page.InvokeAsync(() => page.FindAll(".since button").Last(x => x.TextContent.Trim() == "Dismiss").ClickAsync(new()));
        Assert.Empty(page.FindAll(".since"));
    }

    [Fact]
    public async Task Page_ForSomebodyWhoNeverLooked_TellsNothing()
    {
        await using var world = await StartAsync();
        var id = await world.SubmittedAsync("Wave 1", "Desk");
        await using var context = new PageContext(world.Services, Anna);
        var page = context.Render<BatchPage>(x => x.Add(p => p.Id, id));
        page.WaitForState(() => page.FindAll("#decision").Count == 1);

        Assert.Empty(page.FindAll(".since"));
    }

    [Theory]
    [InlineData("Post as comment", 1)]
    [InlineData("Discard", 0)]
    public async Task Decision_WhoseReviewEndsWhileItIsWritten_StaysWithItsText(string button, int threads)
    {
        await using var world = await StartAsync();
        var id = await world.SubmittedAsync("Wave 1", "Desk");
        await using var context = new PageContext(world.Services, Anna);
        var page = context.Render<BatchPage>(x => x.Add(p => p.Id, id));
        page.WaitForElement("#decision");
        await page.InvokeAsync(() => page.Find("#decision").InputAsync(new() { Value = "Desk moves first" }));
        Done(await world.Get<AddRoomsHandler>().HandleAsync(new AddRooms(id, [await world.RoomAsync("Repo")]), Paul, CancellationToken.None));

        page.WaitForState(() => page.FindAll(".ended textarea").Count == 1);
        var text = page.Find(".ended textarea");
        Assert.Equal(("Desk moves first", true), (text.TextContent, text.HasAttribute("readonly")));
        await page.InvokeAsync(() => page.FindAll(".ended button").Single(x => x.TextContent.Trim() == button).ClickAsync(new()));

        page.WaitForState(() => page.FindAll(".ended").Count == 0);
        await using var db = world.Database.OpenPortal();
        Assert.Equal(threads, await db.Set<CommentThread>().CountAsync(x => x.BatchId == id));
    }

    [Fact]
    public async Task Decision_WrittenBeforeTheBatchIsSubmittedAgain_IsInTheNextRoundsCard_AndGoneOnceItIsGiven()
    {
        await using var world = await StartAsync();
        var id = await world.SubmittedAsync("Wave 1", "Desk");
        await using var context = new PageContext(world.Services, Anna);
        var page = context.Render<BatchPage>(x => x.Add(p => p.Id, id));
        page.WaitForElement("#decision");
        await page.InvokeAsync(() => page.Find("#decision").InputAsync(new() { Value = "Fine" }));
        Done(await world.Get<AddRoomsHandler>().HandleAsync(new AddRooms(id, [await world.RoomAsync("Repo")]), Paul, CancellationToken.None));
        page.WaitForElement(".ended");
        Done(await world.SubmitAsync(id, Petra));

        page.WaitForState(() => page.FindAll("#decision").Count == 1 && page.FindAll(".ended").Count == 0);
        Assert.Equal("Fine", page.Find("#decision").GetAttribute("value"));
        page.WaitForState(() => page.FindAll("button.action.p").Any(x => x.TextContent.Trim() == "Approve" && x.GetAttribute("aria-disabled") != "true"));
        await page.InvokeAsync(() => page.FindAll("button.action.p").Single(x => x.TextContent.Trim() == "Approve").ClickAsync(new()));
        page.WaitForState(() => page.Markup.Contains("approved by anna", StringComparison.Ordinal));
        Assert.Empty(page.FindAll(".ended"));
    }
}
