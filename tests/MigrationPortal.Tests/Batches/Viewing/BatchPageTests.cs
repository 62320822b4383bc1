using Bunit;
using MigrationPortal.Batches;
using MigrationPortal.Batches.Browsing;
using MigrationPortal.Batches.Viewing;
using MigrationPortal.Reviews;
using MigrationPortal.Tests.Shared;
using static MigrationPortal.Tests.Batches.BatchWorld;

namespace MigrationPortal.Tests.Batches.Viewing;

public sealed class BatchPageTests
{
    [Fact]
    public async Task Page_InReview_ApproverDecides_PlannerSeesWhyNot()
    {
        await using var world = await StartAsync();
        var id = await world.SubmittedAsync("Wave 1", "Swaps");

        await using var approver = new PageContext(world.Services, Anna);
        var page = approver.Render<BatchPage>(x => x.Add(p => p.Id, id));
        page.WaitForState(() => page.Markup.Contains("Approve this plan", StringComparison.Ordinal));
        page.WaitForState(() => page.Markup.Contains("Trading - Rates - Swaps", StringComparison.Ordinal));
        Assert.DoesNotContain("needs Approver", page.Markup, StringComparison.Ordinal);

        await using var planner = new PageContext(world.Services, Petra);
        var other = planner.Render<BatchPage>(x => x.Add(p => p.Id, id));
        other.WaitForState(() => other.Markup.Contains("Approve this plan", StringComparison.Ordinal));
        Assert.Contains("Approving a plan needs Approver.", other.Markup, StringComparison.Ordinal);

        Done(await world.ApproveAsync(id, Marek));
        other.WaitForState(() => other.Markup.Contains("Next: start", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Pages_WithScriptInTheName_ShowItAsText()
    {
        await using var world = await StartAsync();
        await world.SubmittedAsync("<script>alert(1)</script>", "Desk");
        await using var context = new PageContext(world.Services, Anna);
        var list = context.Render<BatchesPage>();
        list.WaitForState(() => list.Markup.Contains("alert(1)", StringComparison.Ordinal));
        Assert.Empty(list.FindAll("script"));
        var reviews = context.Render<ReviewsPage>();
        reviews.WaitForState(() => reviews.Markup.Contains("alert(1)", StringComparison.Ordinal));
        Assert.Empty(reviews.FindAll("script"));
        Assert.Contains("yes", reviews.Find("tbody").TextContent, StringComparison.Ordinal);
    }
}
