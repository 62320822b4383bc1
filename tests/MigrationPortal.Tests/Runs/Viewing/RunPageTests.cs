using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using MigrationPortal.Batches.Viewing;
using MigrationPortal.Runs;
using MigrationPortal.SignIn.Development;
using MigrationPortal.Tests.Engine;
using MigrationPortal.Tests.Lists;
using MigrationPortal.Tests.Shared;

namespace MigrationPortal.Tests.Runs.Viewing;

/// <summary>A run's page in each of its states, and the list of runs.</summary>
public sealed class RunPageTests
{
    [Fact]
    [Shows<RunPart>(PartState.Filled)]
    public async Task Page_OfARunThatIsOver_ShowsGradesClosedRoomsAndTheNextStep()
    {
        await using var world = await RunWorld.CreateAsync();
        var run = await RunOfAsync(world, await world.RanAsync(ChatWorld.Hall, ChatWorld.General));
        await using var context = PageContext.As(world.Portal, "operator");
        var page = Open(context, run);

        page.WaitForState(() => page.FindAll(".group").Count == 1);
        Assert.Equal("Run 1", page.Find("h1 bdi").TextContent);
        page.WaitForState(() => page.Find("h1").TextContent.Contains("Perfect", StringComparison.Ordinal));
        Assert.Contains("Open verification", page.Find("a.p").TextContent, StringComparison.Ordinal);
        Assert.Contains("2 of 2", page.Markup.Replace("<small>", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Empty(page.FindAll("tr[data-row]"));
        page.WaitForState(() => page.FindAll("#comments #comment").Count == 1);
        Assert.Equal($"/runs/{run}?pair=contoso#comments", CommentsUrl(page));

        await page.InvokeAsync(() => page.Find("button.toggle").ClickAsync());
        Assert.Equal(2, page.FindAll("tr[data-row]").Count);
        Assert.Equal("true", page.Find("button.toggle").GetAttribute("aria-expanded"));
        Assert.Empty(page.FindAll(".actions button.action"));
    }

    [Fact]
    public async Task Page_WithAFailedRoom_ShowsTheReasonFirst_AndAViewerWhoMayResume()
    {
        await using var world = await RunWorld.CreateAsync();
        var batch = await world.RanAsync(ChatWorld.Hall, ChatWorld.General);
        var run = await RunOfAsync(world, batch);
        await world.Portal.Database.ExecuteAsync($"update portal.room_transfers set state = 'Failed', error = to_jsonb('The new pool closed the connection.'::text), copied_message_count = 41 where run_id = {run} and ordinal = 0");
        await world.Portal.Database.ExecuteAsync($"update portal.runs set state = 'Failed', error = to_jsonb('1 of 2 rooms failed.'::text), revision = revision + 1 where id = {run}");

        await using var viewer = PageContext.As(world.Portal, "viewer");
        var page = Open(viewer, run);
        page.WaitForState(() => page.FindAll(".why").Count == 1);
        Assert.Contains("Failed", page.Find(".group").TextContent, StringComparison.Ordinal);
        Assert.Contains("The new pool closed the connection. 41 messages are copied; resuming continues after them.", page.Find(".why").TextContent, StringComparison.Ordinal);
        Assert.Contains("1 of 2 rooms failed.", page.Find(".trouble.bad").TextContent, StringComparison.Ordinal);
        Assert.All(page.FindAll("button.action").Where(x => x.Closest("#comments") is null), button => Assert.Contains("Operator", button.GetAttribute("title"), StringComparison.Ordinal));

        await using var op = PageContext.As(world.Portal, "operator");
        var other = Open(op, run);
        other.WaitForState(() => other.FindAll(".actions button.p").Count == 1);
        Assert.False(other.Find(".actions button.p").HasAttribute("title"));
    }

    [Fact]
    public async Task Page_RoomSelected_IsVerifiedAgainAlone_AndUnselected()
    {
        await using var world = await RunWorld.CreateAsync();
        var run = await RunOfAsync(world, await world.RanAsync(ChatWorld.Hall, ChatWorld.General));
        await using var context = PageContext.As(world.Portal, "operator");
        var page = Open(context.At($"/runs/{run}?pair=contoso&group=done"), run);
        page.WaitForState(() => page.FindAll("tr[data-row]").Count == 2);
        await page.InvokeAsync(() => page.FindAll("td.t-box input")[1].ChangeAsync(new() { Value = true }));
        page.WaitForState(() => page.FindAll(".selection button.action").Any(x => x.TextContent == "Verify rooms again" && !x.HasAttribute("title")));

        await page.InvokeAsync(() => page.FindAll(".selection button.action").First(x => x.TextContent == "Verify rooms again").ClickAsync());
        page.WaitForState(() => page.FindAll(".selection").Count == 0);
        await Eventually.TrueAsync(async () => await world.Portal.Database.ScalarAsync<int>("select count(*) from portal.verifications where state = 'Completed' and cardinality(room_ids) = 1 and room_count = 1") == 1);
        Assert.Equal(3, await world.Portal.Database.ScalarAsync<int>("select count(*) from portal.room_verifications"));
    }

    [Fact]
    public async Task Page_OfAnOlderRun_VerifiesNoRooms_AndSaysWhereThatIsDone()
    {
        await using var world = await RunWorld.CreateAsync();
        var run = await RunOfAsync(world, await world.RanAsync(ChatWorld.Hall));
        await world.Portal.Database.ExecuteAsync($"insert into portal.runs select (jsonb_populate_record(r, jsonb_build_object('id', r.id + 1))).* from portal.runs r where r.id = {run}");
        await using var context = PageContext.As(world.Portal, "operator");
        var page = Open(context.At($"/runs/{run}?pair=contoso&group=done"), run);
        page.WaitForState(() => page.FindAll("tr[data-row]").Count == 1);
        await page.InvokeAsync(() => page.Find("td.t-box input").ChangeAsync(new() { Value = true }));

        page.WaitForState(() => page.FindAll(".selection button.action.off").Any(x => x.TextContent == "Verify rooms again" && x.GetAttribute("title")!.Contains("latest run", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Page_WithASearch_ShowsWhatItFindsAndSaysWhereNothingIs()
    {
        await using var world = await RunWorld.CreateAsync();
        var run = await RunOfAsync(world, await world.RanAsync(ChatWorld.Hall, ChatWorld.General));
        await using var context = PageContext.As(world.Portal, "viewer");
        var name = await world.Portal.Database.ScalarAsync<string>($"select room_name from portal.room_transfers where run_id = {run} and ordinal = 0");
        var page = Open(context.At($"/runs/{run}?find={Uri.EscapeDataString(name.ToUpperInvariant())}"), run);
        page.WaitForState(() => page.FindAll("tr[data-row]").Count == 1);
        Assert.Contains(name, page.Find("tr[data-row]").TextContent, StringComparison.Ordinal);

        var none = Open(context.At($"/runs/{run}?find=nobody"), run);
        none.WaitForState(() => none.Markup.Contains("No rooms found", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Page_WithColumnsInItsAddress_ShowsThose_AndItsFileHasTheSameRooms()
    {
        await using var world = await RunWorld.CreateAsync();
        var run = await RunOfAsync(world, await world.RanAsync(ChatWorld.Hall, ChatWorld.General));
        await using var context = PageContext.As(world.Portal, "viewer");
        var page = Open(context.At($"/runs/{run}?pair=contoso&group=done"), run);
        page.WaitForState(() => page.FindAll("tr[data-row]").Count == 2);
        Assert.Equal((6, 6), (page.FindAll(".transfers thead th").Count, page.Find("tr[data-row]").Children.Length));
        Assert.Equal($"/runs/{run}?pair=contoso&group=done#comments", CommentsUrl(page));

        await page.InvokeAsync(() => context.At($"/runs/{run}?pair=contoso&group=done&columns=messages,verification"));
        page.WaitForAssertion(() => Assert.Equal(5, page.Find("tr[data-row]").Children.Length));
        Assert.Equal(["Selection", "Room", "State", "Messages", "Verification"], page.FindAll(".transfers thead th").Select(x => x.TextContent));
        Assert.Equal("5", page.Find("tr.group td").GetAttribute("colspan"));
        Assert.Equal("/api/v1/runs/" + run + "/transfers/export?group=done", page.FindComponent<MigrationPortal.Lists.ExportMenu>().Instance.Url);
        // Filters keep the columns.
        await page.InvokeAsync(() => page.Find(".filters .chip[aria-pressed=true]").ClickAsync());
        page.WaitForAssertion(() => Assert.EndsWith($"/runs/{run}?pair=contoso&columns=messages,verification", Uri.UnescapeDataString(context.Services.GetRequiredService<NavigationManager>().Uri), StringComparison.Ordinal));
        page.WaitForAssertion(() => Assert.Equal($"/runs/{run}?pair=contoso&columns=messages,verification#comments", CommentsUrl(page)));
    }

    [Fact]
    public async Task File_OfARunsRooms_KeepsTheFiltersOfThePage()
    {
        await using var world = await RunWorld.CreateAsync();
        var run = await RunOfAsync(world, await world.RanAsync(ChatWorld.Hall, ChatWorld.General));
        await world.Portal.Database.ExecuteAsync($"update portal.room_transfers set state = 'Failed', grade = null, room_name = 'Übung 100%' where run_id = {run} and ordinal = 0");
        using var viewer = world.Portal.ClientFor("viewer");
        async Task<int> CountAsync(string query) => (await ExportApiTests.CsvAsync(viewer, $"runs/{run}/transfers/export?format=csv{query}")).Count - 1;

        Assert.Equal((2, 1, 1), (await CountAsync(""), await CountAsync("&group=failed"), await CountAsync("&group=Done")));
        Assert.Equal((1, 0, 0), (await CountAsync("&search=%C3%BCBUNG%20100%25"), await CountAsync("&group=moving"), await CountAsync("&group=failed&grade=perfect")));
        // What could differ or fail, and did not, is no mistake; nor is a name of another version that a room still has.
        await world.Portal.Database.ExecuteAsync($$"""update portal.room_transfers set differences = array['Older'], error = '{"key": "Older"}' where run_id = {{run}} and ordinal = 1""");
        Assert.Equal((0, 1, 1), (await CountAsync("&difference=Messages"), await CountAsync("&difference=Older"), await CountAsync("&failure=Older")));
        Assert.Equal((0, 2), (await CountAsync("&failure=not-found.run"), await CountAsync("&failure=&difference=")));
        foreach (var query in new[] { "group=lost", "difference=Colour", "failure=Bad%20luck" })
        {
            using var unknown = await viewer.GetAsync(new Uri($"api/v1/runs/{run}/transfers/export?{query}", UriKind.Relative));
            Assert.Equal((query, System.Net.HttpStatusCode.UnprocessableEntity), (query, unknown.StatusCode));
        }
    }

    [Fact]
    [Shows<RunPart>(PartState.Empty, PartState.Loading)]
    public async Task Page_OfNoRun_SaysSo_AndBeforeTheCircuitItWaits()
    {
        await using var world = await RunWorld.CreateAsync();
        await using var context = PageContext.As(world.Portal, "viewer");
        var page = Open(context, 404);
        page.WaitForState(() => page.Markup.Contains("Run not found", StringComparison.Ordinal));

        await using var early = new PageContext(world.Portal.Services, world.Operator, isInteractive: false);
        Assert.NotEmpty(Open(early, 404).FindAll("[aria-busy=true] .skeleton"));
    }

    [Fact]
    [Shows<BatchRunTab>(PartState.Loading, PartState.Filled, PartState.Empty)]
    public async Task Tab_OfABatch_SaysThatItWasNotStarted_ThenListsItsRuns()
    {
        await using var world = await RunWorld.CreateAsync();
        var (waits, ran) = (await world.ApprovedBatchAsync(ChatWorld.Secret), await world.RanAsync(ChatWorld.Hall));
        await using var context = PageContext.As(world.Portal, "viewer");
        var views = world.Portal.Get<BatchViewQueries>();
        var caller = Persona.Find("viewer")!.ToCaller();
        var first = (await views.FindAsync(waits, caller, computes: false, CancellationToken.None))!;
        var tab = context.Render<BatchRunTab>(x => x.AddCascadingValue(first));
        tab.WaitForState(() => tab.FindAll(".state").Count == 1);
        var second = (await views.FindAsync(ran, caller, computes: false, CancellationToken.None))!;
        IRenderedComponent<BatchRunTab> other;
        await using (await HeldTable.HoldAsync(world.Portal.Database, "portal.runs"))
        {
            other = context.Render<BatchRunTab>(x => x.AddCascadingValue(second));
            Assert.NotEmpty(other.FindAll("[aria-busy=true] .skeleton"));
        }

        other.WaitForState(() => other.FindAll(".grid.runs tr[data-row]").Count == 1 && other.FindComponents<RunPart>().Count == 1);
    }

    [Fact]
    public async Task List_OfRuns_IsEmptyThenNamesEach()
    {
        await using var world = await RunWorld.CreateAsync();
        await using var context = PageContext.As(world.Portal, "viewer");
        var list = context.At("/runs?pair=contoso").Render<RunsPage>();
        list.WaitForState(() => list.Markup.Contains("No runs yet", StringComparison.Ordinal));

        var run = await RunOfAsync(world, await world.RanAsync(ChatWorld.Hall));
        // The row is there from the start of the run on.
        list.WaitForState(() => list.FindAll("tr[data-row]") is [var row] && row.TextContent.Contains("Completed", StringComparison.Ordinal));
        Assert.Contains($"/runs/{run}", list.Find("tr[data-row] a").GetAttribute("href"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_OfAnUndoneBatch_ShowsWhatTheRunDid_AndThatItWasUndoneSince()
    {
        await using var world = await RunWorld.CreateAsync();
        var batch = await world.RanAsync(ChatWorld.Hall, ChatWorld.General);
        var run = await RunOfAsync(world, batch);
        await world.UndoneAsync(batch);
        await using var context = PageContext.As(world.Portal, "operator");
        var page = Open(context, run);

        page.WaitForState(() => page.FindAll(".group").Count == 1);
        Assert.StartsWith("Undone", page.Find(".group").TextContent.Trim(), StringComparison.Ordinal);
        Assert.Contains("2 of 2", page.FindAll(".figure")[1].TextContent, StringComparison.Ordinal);
        Assert.Contains("2 undone since", page.FindAll(".figure")[1].TextContent, StringComparison.Ordinal);
        Assert.Contains("Undone", page.Find("h1").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Perfect", page.Find("h1").TextContent, StringComparison.Ordinal);
        Assert.Equal(["Undone 2", "Perfect 2"], page.FindAll(".filters .chip").Select(x => x.TextContent.Trim()));
        Assert.DoesNotContain("Open verification", page.Markup, StringComparison.Ordinal);

        var totals = (await world.Portal.Get<RunQueries>().SumAsync([run], CancellationToken.None))[run];
        Assert.Equal((2, 2, 2), (totals.Rooms, totals.Proven, totals.Undone));
    }

    [Fact]
    public async Task Page_OfABatchThatIsCutOver_NamesNoNextStep()
    {
        await using var world = await RunWorld.CreateAsync();
        var batch = await world.RanAsync(ChatWorld.Hall);
        await world.Portal.Database.ExecuteAsync($"update portal.batches set state = 'CutOver' where id = {batch}");
        var run = await RunOfAsync(world, batch);
        await using var context = PageContext.As(world.Portal, "operator");
        var page = Open(context, run);

        page.WaitForState(() => page.FindAll(".group").Count == 1);
        Assert.DoesNotContain("Open verification", page.Markup, StringComparison.Ordinal);
    }

    private static IRenderedComponent<RunPage> Open(PageContext context, long run) => context.Render<RunPage>(x => x.Add(p => p.RunId, run));

    private static string CommentsUrl(IRenderedComponent<RunPage> page) =>
        Uri.UnescapeDataString(page.FindAll(".page-header a.btn").Single(x => x.TextContent.Trim() == "Comment").GetAttribute("href")!);

    private static Task<long> RunOfAsync(RunWorld world, long batch) => world.Portal.Database.ScalarAsync<long>($"select max(id) from portal.runs where batch_id = {batch}");
}
