using Bunit;
using MigrationPortal.Batches;
using MigrationPortal.Batches.Viewing;
using MigrationPortal.Comments;
using MigrationPortal.Comments.Writing;
using MigrationPortal.Tests.Batches;
using MigrationPortal.Tests.Shared;
using static MigrationPortal.Tests.Batches.BatchWorld;

namespace MigrationPortal.Tests.Comments;

public sealed class BatchCommentsTests
{
    private const string History = "#comments .one .tool[aria-expanded]";
    private const string Version = "#comments .one .version";
    private const string More = "#comments .one button.action";

    [Fact]
    public async Task About_AFinding_SendsAThreadAboutIt()
    {
        await using var world = await StartAsync();
        var id = await world.CreateAsync(Petra, "Wave 1", "Swaps");
        await using var context = new PageContext(world.Services, Anna);
        var page = context.At($"/batches/{id}?about=finding%3AP02").Render<BatchPage>(x => x.Add(p => p.Id, id));
        page.WaitForState(() => page.Markup.Contains("What will be written to", StringComparison.Ordinal));
        Assert.Contains("Comment on finding P02", page.Find("#comments").TextContent, StringComparison.Ordinal);
        Assert.NotEmpty(page.FindAll("#findings a.comment-link"));
        await page.InvokeAsync(() => page.Find("#comment").Input("Is the **prefix** fine?"));
        await page.InvokeAsync(() => page.Find("#comments .editor .send").ClickAsync(new()));
        page.WaitForState(() => page.FindAll("#comments .thread").Count == 1);
        Assert.Equal("prefix", page.Find("#comments .thread .text strong").TextContent);
    }

    [Fact]
    public async Task About_ALineOfAFilteredPlan_KeepsTheListAsItIs_AndSoDoesLeavingIt()
    {
        await using var world = await StartAsync();
        var id = await world.CreateAsync(Petra, "Wave 1", "Desk", "Swaps");
        await using var context = new PageContext(world.Services, Anna);
        var page = context.At($"/batches/{id}?tab=plan&kind=Room&search=Desk&take=25&about=room%3A1&pair={Pair}").Render<BatchPage>(x => x.Add(p => p.Id, id));
        page.WaitForElement("td a.comment-link");
        var href = page.Find("td a.comment-link").GetAttribute("href")!;
        Assert.StartsWith($"/batches/{id}?tab=plan&kind=Room&search=Desk&take=25&pair={Pair}&about=planLine", href, StringComparison.Ordinal);
        Assert.EndsWith("#comments", href, StringComparison.Ordinal);
        Assert.Equal($"/batches/{id}?tab=plan&kind=Room&search=Desk&take=25&pair={Pair}", page.Find("#comments .about a").GetAttribute("href"));
    }

    [Theory]
    [InlineData("planLine:Member:1:A/B", "about/planLine:Member:1:A%2FB")]
    [InlineData("planLine:Member:1:A", "about/planLine:Member:1:A")]
    public async Task About_ASubjectWithASlash_IsADraftOfItsOwn(string about, string place)
    {
        await using var world = await StartAsync();
        var id = await world.CreateAsync(Petra, "Wave 1", "Desk");
        await using var context = new PageContext(world.Services, Anna);
        var page = context.At($"/batches/{id}?about={Uri.EscapeDataString(about)}").Render<BatchPage>(x => x.Add(p => p.Id, id));
        page.WaitForElement("#comment");
        Assert.Equal(place, page.Find("#comment").GetAttribute("data-draft"));
    }

    [Fact]
    public async Task Resolve_ByAnApprover_MovesTheThreadToTheResolvedOnes()
    {
        await using var world = await StartAsync();
        var id = await world.CreateAsync(Petra, "Wave 1", "Desk");
        var comment = Done(await world.Get<OpenThreadHandler>().HandleAsync(new OpenThread(id, Anchor.Batch, "Why now?", Must: true), Vera, CancellationToken.None));
        await using var context = new PageContext(world.Services, Anna);
        var page = context.At($"/batches/{id}?thread={comment.ThreadId}").Render<BatchPage>(x => x.Add(p => p.Id, id));
        page.WaitForState(() => page.Markup.Contains("What will be written to", StringComparison.Ordinal));
        Assert.Contains("Resolve before approval", page.Find("#comments .thread").TextContent, StringComparison.Ordinal);
        await page.InvokeAsync(() => page.FindAll("#comments .thread button.action").Single(x => x.TextContent.Trim() == "Resolve").ClickAsync(new()));
        page.WaitForState(() => page.FindAll("#comments details.resolved .thread").Count == 1);
        Assert.Contains("anna", page.Find("#comments details.resolved .thread").TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(205, 20, "205 open", null)]
    [InlineData(160, 70, "160 open", "70 resolved")]
    public async Task Threads_MoreThanAreListed_AreCountedAllTheSame(int open, int resolved, string counted, string? summary)
    {
        await using var world = await StartAsync();
        var id = await world.CreateAsync(Petra, "Wave 1", "Desk");
        Done(await world.Get<OpenThreadHandler>().HandleAsync(new OpenThread(id, Anchor.Batch, "Why now?"), Vera, CancellationToken.None));
        await world.Database.ExecuteAsync($"""
            insert into portal.threads (batch_id, anchor_kind, anchor_key, must, by, at, resolved_by, resolved_at)
            select batch_id, anchor_kind, anchor_key, must, by, at, case when i >= {open} then 'anna' end, case when i >= {open} then at end
            from portal.threads, generate_series(1, {open + resolved - 1}) i
            """);
        await using var context = new PageContext(world.Services, Petra);
        var page = context.Render<BatchPage>(x => x.Add(p => p.Id, id));

        page.WaitForState(() => page.FindAll("#comments .thread").Count == 200);
        Assert.Equal(counted, page.Find("#comments header .sub").TextContent);
        Assert.Equal(summary, page.FindAll("#comments details.resolved summary").SingleOrDefault()?.TextContent);
    }

    [Fact]
    public async Task Comment_OfAnother_HasNoToolsButTheAdministratorsRedaction()
    {
        await using var world = await StartAsync();
        var id = await world.CreateAsync(Petra, "Wave 1", "Desk");
        Done(await world.Get<OpenThreadHandler>().HandleAsync(new OpenThread(id, Anchor.Batch, "Why now?"), Vera, CancellationToken.None));
        foreach (var (caller, tools) in new[] { (Vera, new[] { "Edit comment", "Delete comment" }), (Petra, []), (MigrationPortal.Tests.Reviews.PolicyWorld.Ada, ["Redact comment"]) })
        {
            await using var context = new PageContext(world.Services, caller);
            var page = context.Render<BatchPage>(x => x.Add(p => p.Id, id));
            page.WaitForState(() => page.Markup.Contains("What will be written to", StringComparison.Ordinal));
            Assert.Equal(tools, page.FindAll("#comments .one .tool").Select(x => x.GetAttribute("aria-label")));
        }
    }

    [Fact]
    public async Task Versions_MoreThanAPage_AreAddedByTheirButton_AndNeverToAListThatWasClosed()
    {
        await using var world = await StartAsync();
        var id = await world.CreateAsync(Petra, "Wave 1", "Desk");
        Done(await world.Get<OpenThreadHandler>().HandleAsync(new OpenThread(id, Anchor.Batch, "Why now?"), Vera, CancellationToken.None));
        await world.Database.ExecuteAsync("""
            insert into portal.comment_versions (comment_id, version, text, at) select id, i, 'was ' || i, at from portal.comments, generate_series(0, 52) i;
            update portal.comments set version = 53
            """);
        await using var context = new PageContext(world.Services, Vera);
        var page = context.Render<BatchPage>(x => x.Add(p => p.Id, id));
        page.WaitForElement(History);
        await page.InvokeAsync(() => page.Find(History).ClickAsync(new()));
        page.WaitForState(() => page.FindAll(Version).Count == 50);

        Task late;
        await using (await HeldTable.HoldAsync(world.Database, "portal.comment_versions"))
        {
            late = page.InvokeAsync(() => page.Find(More).ClickAsync(new()));
            await Eventually.TrueAsync(() => world.Database.IsWaitingAsync("comment_versions"));
            await page.InvokeAsync(() => page.Find(History).ClickAsync(new()));
        }

        await late;
        Assert.Empty(page.FindAll(Version));
        await page.InvokeAsync(() => page.Find(History).ClickAsync(new()));
        page.WaitForState(() => page.FindAll(Version).Count == 50);
        Assert.Equal("Show more versions (3)", page.Find(More).TextContent.Trim());
        await page.InvokeAsync(() => page.Find(More).ClickAsync(new()));
        page.WaitForState(() => page.FindAll(Version).Count == 53);
        Assert.Equal(Enumerable.Range(0, 53).Select(i => $"was {i}"), page.FindAll($"{Version} .plain").Select(x => x.TextContent));
        Assert.Empty(page.FindAll(More));
    }
}
