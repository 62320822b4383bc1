using System.Globalization;
using Bunit;
using MigrationPortal.Batches.Viewing;
using MigrationPortal.Inbox;
using MigrationPortal.PoolPairs.Viewing;
using MigrationPortal.Tests.Architecture;
using MigrationPortal.Tests.Batches;
using MigrationPortal.Tests.Engine;
using MigrationPortal.Tests.Runs;
using MigrationPortal.Tests.Shared;
using MigrationPortal.Ui.Values;
using MigrationPortal.Windows;
using MigrationPortal.Windows.Scheduling;
using MigrationPortal.Windows.Viewing;
using static MigrationPortal.Tests.Batches.BatchWorld;

namespace MigrationPortal.Tests.Windows;

public sealed class WindowsPageTests
{
    private static readonly Caller _administrator = Caller.Of("ada", "Ada", [new Grant(Role.Administrator)]);

    [Fact]
    [Shows<WindowForm>(PartState.Filled)]
    [Shows<WindowsTab>(PartState.Filled)]
    public async Task Page_WindowIsAddedAndSaved_IsDrawnForFourteenDays()
    {
        await using var world = await StartAsync();
        await using var context = new PageContext(world.Services, _administrator);
        var page = context.At($"/administration/windows?pair={Pair}").Render<WindowsPage>();
        page.WaitForState(() => page.Markup.Contains("No windows yet", StringComparison.Ordinal));
        Assert.Equal(14, page.FindAll(".grid.days tbody tr").Count);
        Assert.All(page.FindAll(".grid.days tbody td.wraps"), x => Assert.Equal("All day", x.TextContent));

        await page.InvokeAsync(() => page.FindAll("button").First(x => x.TextContent.Trim() == "Add window").ClickAsync());
        await page.InvokeAsync(() => page.Find("#window-1-name").InputAsync("Nights"));
        await page.InvokeAsync(() => page.Find("#window-1-from").ChangeAsync("22:00"));
        await page.InvokeAsync(() => page.FindAll("fieldset input[type=checkbox]")[0].ChangeAsync(true));
        Assert.Equal(2, page.FindAll(".grid.days tbody td.wraps").Count(x => x.TextContent.StartsWith("22:00", StringComparison.Ordinal)));
        await page.InvokeAsync(() => page.Find("textarea").InputAsync("change board"));
        await page.InvokeAsync(() => page.FindAll("button.p").Single().ClickAsync());

        page.WaitForState(() => page.Markup.Contains("Version 1", StringComparison.Ordinal));
        var set = await world.Get<WindowQueries>().FindSetAsync(Pair, CancellationToken.None);
        Assert.Equal(("Nights", DayOfWeek.Monday), (set!.Items[0].Name, Assert.Single(set.Items[0].Weekdays)));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("de")]
    [InlineData("es")]
    public void Form_TimesOfAWindow_AreCalledAsInTheFile(string? language)
    {
        var (form, file) = (ResourceFiles.Read("MigrationPortal/Windows/WindowTexts", language), ResourceFiles.Read("MigrationPortal/Lists/ColumnTitles", language));
        Assert.Equal((file["FromTime"], file["ToTime"]), (form["FromTime"], form["ToTime"]));
    }

    [Fact]
    [Shows<WindowForm>(PartState.Refused)]
    [Shows<WindowsTab>(PartState.Refused)]
    public async Task Page_WrongTime_IsSaidAtTheWindow_AndNothingIsSaved()
    {
        await using var world = await StartAsync();
        Done(await SetWindowsTests.SetAsync(world, Pair, [SetWindowsTests.Always with { Name = "Kept", Effect = WindowEffect.Deny }]));
        await using var context = new PageContext(world.Services, _administrator);
        var page = context.At($"/administration/windows?pair={Pair}").Render<WindowsPage>();
        page.WaitForState(() => page.FindAll("#window-1-from").Count == 1);
        Assert.All(page.FindAll(".grid.days tbody td.wraps"), x => Assert.Equal("Closed", x.TextContent));
        await page.InvokeAsync(() => page.Find("#window-1-from").ChangeAsync(""));
        Assert.Contains("Enter both times", page.Find("fieldset .problem").TextContent, StringComparison.Ordinal);
        await page.InvokeAsync(() => page.FindAll("button.p").Single().ClickAsync());
        Assert.Equal(1, (await world.Get<WindowQueries>().FindSetAsync(Pair, CancellationToken.None))!.Version);
    }

    [Fact]
    public async Task Page_AnotherAdministratorSaved_UntouchedFormFollows_AndATouchedOneIsNotSavedOverIt()
    {
        await using var world = await StartAsync();
        await using var context = new PageContext(world.Services, _administrator);
        var page = context.At($"/administration/windows?pair={Pair}").Render<WindowsPage>();
        page.WaitForState(() => page.Markup.Contains("No windows yet", StringComparison.Ordinal));
        Done(await SetWindowsTests.SetAsync(world, Pair, [SetWindowsTests.Always with { Name = "Theirs", Effect = WindowEffect.Deny }]));
        page.WaitForState(() => page.FindAll("#window-1-name").Count == 1 && page.Markup.Contains("Version 1", StringComparison.Ordinal));

        // While a time is not one, the days are drawn of what is saved: they tell that the page has heard of the second change.
        await page.InvokeAsync(() => page.Find("#window-1-from").ChangeAsync(""));
        Done(await SetWindowsTests.SetAsync(world, Pair, []));
        page.WaitForState(() => page.FindAll(".grid.days tbody td.wraps").All(x => x.TextContent == "All day"));
        await page.InvokeAsync(() => page.Find("#window-1-from").ChangeAsync("20:00"));
        await page.InvokeAsync(() => page.Find("textarea").InputAsync("change board"));
        await page.InvokeAsync(() => page.FindAll("button.p").Single().ClickAsync());

        page.WaitForState(() => page.Markup.Contains("Another administrator changed the windows", StringComparison.Ordinal));
        Assert.Contains("Version 1", page.Find("section.card header").TextContent, StringComparison.Ordinal);
        var kept = await world.Get<WindowQueries>().FindSetAsync(Pair, CancellationToken.None);
        Assert.Equal((2, 0), (kept!.Version, kept.Items.Count));
    }

    [Fact]
    [Shows<WindowForm>(PartState.Viewer)]
    [Shows<WindowsTab>(PartState.Viewer)]
    public async Task Page_OfAnOperator_ShowsAndDoesNotChange()
    {
        await using var world = await StartAsync();
        await using var context = new PageContext(world.Services, Vera);
        var page = context.At($"/administration/windows?pair={Pair}&scope=all").Render<WindowsPage>();
        page.WaitForState(() => page.Markup.Contains("Never set", StringComparison.Ordinal));
        Assert.All(page.FindAll("button.action"), x => Assert.Equal("true", x.GetAttribute("aria-disabled")));
        Assert.Equal("/api/v1/windows/export", page.FindComponent<MigrationPortal.Lists.ExportMenu>().Instance.Url);
    }

    [Fact]
    public async Task Page_OfAnAdministratorOfOnePair_ChangesThatPairAlone()
    {
        await using var world = await StartAsync();
        var ada = Caller.Of("ada", "Ada", [new Grant(Role.Administrator, Pair)]);
        await using var context = new PageContext(world.Services, ada);
        var page = context.At($"/administration/windows?pair={Pair}").Render<WindowsPage>();
        page.WaitForState(() => page.FindAll("button.p").Count == 1);
        Assert.Null(page.Find("button.p").GetAttribute("aria-disabled"));
        await page.InvokeAsync(() => context.At($"/administration/windows?pair={Pair}&scope=all"));
        var refusal = SetWindowsHandler.Refuse(null, ada)!.Message;
        page.WaitForState(() => page.Find("button.p") is var save && save.GetAttribute("title") == refusal && save.GetAttribute("aria-disabled") == "true");
    }

    [Fact]
    [Shows<WindowsTab>(PartState.Loading, PartState.Filled, PartState.Empty)]
    public async Task Tab_OfAPoolPair_WaitsThenShowsItsWindowsAndLeadsToThoseOfAll()
    {
        await using var world = await StartAsync();
        Done(await SetWindowsTests.SetAsync(world, Pair, [SetWindowsTests.Always with { Name = "Nights" }]));
        await using var context = new PageContext(world.Services, Vera);
        context.At($"/administration?pair={Pair}&tab=windows&scope=all");
        IRenderedComponent<AdministrationPage> page;
        await using (await HeldTable.HoldAsync(world.Database, "portal.windows"))
        {
            page = context.Render<AdministrationPage>();
            page.WaitForState(() => page.FindComponents<WindowsTab>().Count == 1);
            Assert.NotEmpty(page.FindAll("[aria-busy=true] .skeleton"));
        }

        page.WaitForState(() => page.FindAll("#window-1-name").Count == 1);
        Assert.Equal($"/administration/windows?pair={Pair}&scope=all", page.Find("section.card header a.end").GetAttribute("href"));
        Assert.Single(page.FindAll("nav.tabs"));
        Assert.Equal($"/api/v1/pool-pairs/{Pair}/windows/export", page.FindComponent<WindowsTab>().FindComponent<MigrationPortal.Lists.ExportMenu>().Instance.Url);

        await using var nowhere = new PageContext(world.Services, Vera);
        var none = nowhere.At("/administration/windows?pair=nowhere").Render<WindowsTab>();
        none.WaitForState(() => none.FindAll(".state").Count == 1);
    }

    [Fact]
    [Shows<SchedulePart>(PartState.Filled)]
    [Shows<ScheduleDialog>(PartState.Filled)]
    public async Task StartCard_ScheduledThenMissed_SaysWhenAndWhy()
    {
        await using var world = await RunWorld.CreateAsync();
        var (id, now) = (await world.ApprovedBatchAsync(ChatWorld.Hall), TimeProvider.System.GetUtcNow());
        await using var context = PageContext.As(world.Portal, "operator");
        var dialogs = context.RenderDialogs();
        var page = context.At($"/batches/{id}?pair=contoso").Render<BatchPage>(x => x.Add(p => p.Id, id));
        page.WaitForState(() => page.Markup.Contains("Schedule start…", StringComparison.Ordinal));

        var title = await dialogs.AnswerAsync(page.InvokeAsync(() => page.FindAll("button.action").First(x => x.TextContent.Trim() == "Schedule start…").ClickAsync()), isConfirmed: false);
        Assert.StartsWith("Schedule the start", title, StringComparison.Ordinal);
        Done(await world.Portal.Get<ScheduleBatchHandler>().HandleAsync(new ScheduleBatch(id, now.AddHours(3), now.AddHours(4), []), world.Operator, CancellationToken.None));
        page.WaitForState(() => page.Markup.Contains("Cancel schedule", StringComparison.Ordinal));
        Assert.Contains("missed after", page.Find(".schedule").TextContent, StringComparison.Ordinal);

        await page.InvokeAsync(() => page.FindAll("button.action").First(x => x.TextContent.Trim() == "Cancel schedule").ClickAsync());
        page.WaitForState(() => page.Markup.Contains("Schedule start…", StringComparison.Ordinal));
        Done(await world.Portal.Get<ScheduleBatchHandler>().HandleAsync(new ScheduleBatch(id, null, now.AddHours(4), []), new Caller("otto", "Otto", new HashSet<Role> { Role.Operator }), CancellationToken.None));
        await world.Portal.Get<StartScheduledHandler>().HandleAsync(id, CancellationToken.None);
        page.WaitForState(() => page.Markup.Contains("The scheduled start was missed", StringComparison.Ordinal));
        var lines = await world.Portal.Get<InboxQueries>().ListAsync("contoso", world.Operator, CancellationToken.None);
        Assert.Contains(lines, x => x.Key == $"missed:{id}" && x.Reason.Contains("otto", StringComparison.Ordinal));
    }

    [Fact]
    public async Task StartCard_OutsideWindows_StartIsDisabledWithTheNextOne()
    {
        await using var world = await RunWorld.CreateAsync();
        var id = await world.ApprovedBatchAsync(ChatWorld.Hall);
        var day = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).AddDays(2);
        await ScheduleTests.SetWindowsAsync(world, [new Window { Name = "w", Dates = [day], From = new(22, 0), To = new(23, 0), Zone = "Etc/UTC" }]);
        await using var context = PageContext.As(world.Portal, "operator");
        var page = context.At($"/batches/{id}?pair=contoso").Render<BatchPage>(x => x.Add(p => p.Id, id));
        page.WaitForState(() => page.Markup.Contains("The next window:", StringComparison.Ordinal));
        Assert.Contains("22:00", page.Find(".schedule").TextContent, StringComparison.Ordinal);
        Assert.Equal("true", page.Find("button.action.p").GetAttribute("aria-disabled"));
    }

    [Theory]
    [InlineData("2026-03-29T02:30", null)]
    [InlineData("2026-10-25T02:30", "2026-10-25T01:30:00Z")]
    [InlineData("2026-06-01T12:00", "2026-06-01T10:00:00Z")]
    [InlineData("2026-06-01T12:00:00", "2026-06-01T10:00:00Z")]
    [InlineData("tomorrow", null)]
    public void Read_LocalTime_SkippedIsNoneAndDoubleIsTheSecond(string text, string? expected) =>
        Assert.Equal(expected is null ? null : DateTimeOffset.Parse(expected, CultureInfo.InvariantCulture), LocalTimes.Read(text, TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin")));

    [Fact]
    public void Estimate_OfEarlierRuns_IsFromTheFastestToTheSlowest()
    {
        var estimate = RunEstimate.Of(10_000, [(1_000, TimeSpan.FromSeconds(10)), (2_000, TimeSpan.FromSeconds(60))])!;
        Assert.Equal((TimeSpan.FromSeconds(100), TimeSpan.FromSeconds(300), 2), (estimate.Shortest, estimate.Longest, estimate.Runs));
        Assert.Null(RunEstimate.Of(10, []));
        var view = new ScheduleView(null!, default, PairWindows.None) { Estimate = estimate, Start = new(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddMinutes(4)) };
        Assert.True(view.IsLongerThanWindow);
        Assert.False((view with { Start = new(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddMinutes(6)) }).IsLongerThanWindow);
    }
}
