using Bunit;
using MigrationPortal.Batches;
using MigrationPortal.Batches.Viewing;
using MigrationPortal.Reviews.BreakGlass;
using MigrationPortal.Reviews.Policy;
using MigrationPortal.Tests.Batches;
using MigrationPortal.Tests.Shared;
using MudBlazor;
using static MigrationPortal.Tests.Batches.BatchWorld;
using static MigrationPortal.Tests.Reviews.BreakGlass.EmergencyWorld;

namespace MigrationPortal.Tests.Reviews.BreakGlass;

public sealed class BreakGlassCardTests
{
    [Fact]
    public async Task Page_PolicyDoesNotAllowIt_SaysNothingOfIt()
    {
        await using var world = await StartedAsync(policy: new ReviewPolicy());
        var id = await world.SubmittedAsync("Wave 1", "Desk");
        await using var context = new PageContext(world.Services, Olga);
        var page = context.Render<BatchPage>(x => x.Add(p => p.Id, id));
        page.WaitForState(() => page.Markup.Contains("approval outstanding", StringComparison.Ordinal));
        Assert.DoesNotContain("mergency", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    [Shows<BreakGlassDialog>(PartState.Filled, PartState.Refused)]
    public async Task Page_OneAsksAnotherConfirmsAThirdReviews_EachSeesTheirButtonAndTheOthersSeeWhyNot()
    {
        await using var world = await StartedAsync();
        var id = await world.SubmittedAsync("Wave 1", "Desk");
        await using var first = new PageContext(world.Services, Olga);
        var (page, dialogs) = Open(first, id);
        var ask = page.InvokeAsync(() => Button(page, "Request emergency start…").ClickAsync());
        dialogs.WaitForElement(".mud-dialog textarea");
        await dialogs.InvokeAsync(() => dialogs.Find(".mud-dialog form").SubmitAsync());
        // Neither may be empty.
        dialogs.WaitForState(() => dialogs.Markup.Contains("Enter the number of the change or incident.", StringComparison.Ordinal));
        await dialogs.InvokeAsync(() => dialogs.Find(".mud-dialog textarea").Input("the site loses power"));
        await dialogs.InvokeAsync(() => dialogs.Find(".mud-dialog input").Input("CHG0031337"));
        await dialogs.AnswerAsync(ask, isConfirmed: true);
        page.WaitForState(() => page.Markup.Contains("CHG0031337", StringComparison.Ordinal));
        Assert.Contains("olga requested", Button(page, "Confirm emergency start…").GetAttribute("title"), StringComparison.Ordinal);

        await using var second = new PageContext(world.Services, Omar);
        var (other, otherDialogs) = Open(second, id);
        await otherDialogs.AnswerAsync(other.InvokeAsync(() => Button(other, "Confirm emergency start…").ClickAsync()), isConfirmed: true);
        other.WaitForState(() => other.Markup.Contains("Emergency start not reviewed", StringComparison.Ordinal));
        Assert.Equal(BatchState.Approved, (await world.BatchAsync(id)).State);
        Assert.Contains("you need the role Auditor", Button(other, "Not justified…").GetAttribute("title"), StringComparison.Ordinal);

        await using var third = new PageContext(world.Services, Aron);
        var (last, lastDialogs) = Open(third, id);
        var review = last.InvokeAsync(() => Button(last, "Not justified…").ClickAsync());
        lastDialogs.WaitForElement(".mud-dialog textarea");
        await lastDialogs.InvokeAsync(() => lastDialogs.Find(".mud-dialog textarea").Input("nothing was lost"));
        await lastDialogs.AnswerAsync(review, isConfirmed: true);
        last.WaitForState(() => !last.Markup.Contains("Emergency start not reviewed", StringComparison.Ordinal));
        Assert.Contains("nothing was lost", last.Markup, StringComparison.Ordinal);
        Assert.Equal(BatchState.InReview, (await world.BatchAsync(id)).State);
    }

    private static (IRenderedComponent<BatchPage> Page, IRenderedComponent<MudDialogProvider> Dialogs) Open(PageContext context, long id)
    {
        context.RenderPopovers();
        var dialogs = context.Render<MudDialogProvider>();
        var page = context.Render<BatchPage>(x => x.Add(p => p.Id, id));
        page.WaitForElement("#emergency button.action");
        return (page, dialogs);
    }

    private static AngleSharp.Dom.IElement Button(IRenderedComponent<BatchPage> page, string text) =>
        page.FindAll("#emergency button.action").Single(x => x.TextContent.Trim() == text);
}
