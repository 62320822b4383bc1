using System.Globalization;
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using MigrationPortal.Batches.Planning;
using MigrationPortal.Batches.Viewing.Deciding;
using MigrationPortal.Batches.Viewing.Plans;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Planning;
using MigrationPortal.Rooms;
using MigrationPortal.Tests.Engine.Planning;
using MigrationPortal.Tests.Shared;
using static MigrationPortal.Tests.Batches.BatchWorld;

namespace MigrationPortal.Tests.Batches.Viewing.Deciding;

public sealed class ChangeLinesTests
{
    private const string OnlyFindings = "Only findings changed; every item of the plan is the same.";

    [Theory]
    [InlineData(true, true, OnlyFindings)]
    [InlineData(false, false, OnlyFindings)]
    [InlineData(false, true, "Options, items of the plan and findings are the same.")]
    public async Task Lines_OfAPlanWithTheSameItems_SayWhetherFindingsChanged(bool changed, bool areKept, string sentence)
    {
        await using var world = await StartAsync();
        await using var context = new PageContext(world.Services, Vera);
        IReadOnlyList<ChangedFindings> findings = changed ? [new ChangedFindings("P05", Severity.Warning, 1, 0)] : [];
        var change = new PlanChange(WasApproved: false, "petra", DateTimeOffset.UnixEpoch, [], [], HasMore: false) { Findings = findings, AreFindingsKept = areKept };
        var lines = context.Render<ChangeLines>(x => x.Add(p => p.Change, change));
        Assert.Equal(sentence, lines.Find("li.sub").TextContent);
        Assert.Equal(changed ? 1 : 0, lines.FindAll("li[data-change]").Count);
    }

    [Theory]
    [InlineData(PlanItemKinds.Category, "AllowedMember", "Allowed member:")]
    [InlineData(PlanItemKinds.Category, "AddedBy", "Created by:")]
    [InlineData(PlanItemKinds.Room, "NoSuchSetting", "Room:")]
    public async Task Line_OfASetting_NamesItInWords(string kind, string property, string name)
    {
        await using var world = await StartAsync();
        await using var context = new PageContext(world.Services, Vera);
        var change = new PlanChange(WasApproved: false, "petra", DateTimeOffset.UnixEpoch, [], [new ChangedLine(kind, "Desk", property, "kim", New: null, RoomId: null)], HasMore: false);
        var lines = context.Render<ChangeLines>(x => x.Add(p => p.Change, change));
        Assert.StartsWith(name, lines.Find("li[data-change] .grow").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Line_OfASetting_SaysItsValuesInTheReadersLanguage()
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("de");
        await using var world = await StartAsync();
        await using var context = new PageContext(world.Services, Vera);
        var change = new PlanChange(WasApproved: false, "petra", DateTimeOffset.UnixEpoch, [], [new ChangedLine(PlanItemKinds.Room, "Desk", "Privacy", "scope", "private", RoomId: null) { RoomCount = 2 }], HasMore: false);
        var line = context.Render<ChangeLines>(x => x.Add(p => p.Change, change)).Find("li[data-change] .grow");
        Assert.Equal(("Geschlossen", "Geheim"), (line.QuerySelector("s")!.TextContent, line.QuerySelector("b")!.TextContent));
    }

    [Theory]
    [InlineData("en")]
    [InlineData("de")]
    [InlineData("es")]
    public async Task Settings_OfEachLineThatAPlanCanHave_AreNamed(string language)
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        await using var world = await StartAsync();
        var names = world.Services.GetRequiredService<IStringLocalizer<RoomTexts>>();

        var settings = new PlanLines(EachSetting(), new Dictionary<Guid, long>()).Read(1).Select(PlanValues.Setting).OfType<string>().ToHashSet(StringComparer.Ordinal);

        Assert.Equal([], new[] { "AddedBy", "AllowedMember", "Enabled", "Identity", "Invitations", "Permissions", "Topic", "UpdatedBy" }.Except(settings));
        Assert.Equal([], settings.Where(x => names[x].ResourceNotFound).Order(StringComparer.Ordinal));
    }

    // Each decision that the engine makes about something else than a right, with a value that changes.
    private static MigrationPlan EachSetting()
    {
        var plan = Trading().Plan("Desk").Plan;
        var (room, category, person) = (plan.Rooms[0], plan.Categories[0], plan.Principals[0]);
        return plan with
        {
            Rooms = [room with { Decisions = [.. room.Decisions, .. Changing("Topic", "Invitations", "Disabled", "Privacy", "AddIn")] }],
            Categories = [category with { Decisions = [.. category.Decisions, .. Changing("Identity", "Invitations", "History", "Uploads", "AddedBy", "UpdatedBy", "AllowedMember")] }],
            Principals = [person with { Decisions = [.. person.Decisions, .. Changing("Person", "Identity", "Enabled", "Permissions")] }],
        };
    }

    private static IEnumerable<Decision> Changing(params string[] properties) => properties.Select(x => new Decision("Resolved", x, "was", "is"));
}
