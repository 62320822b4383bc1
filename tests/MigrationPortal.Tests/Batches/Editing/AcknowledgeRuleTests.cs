using Bunit;
using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Batches.Editing;
using MigrationPortal.Batches.Viewing;
using MigrationPortal.Engine;
using MigrationPortal.Reviews;
using MigrationPortal.Reviews.Policy;
using MigrationPortal.Tests.Engine.Planning;
using MigrationPortal.Tests.Reviews;
using MigrationPortal.Tests.Shared;
using static MigrationPortal.Tests.Batches.BatchWorld;

namespace MigrationPortal.Tests.Batches.Editing;

public sealed class AcknowledgeRuleTests
{
    private const string Reason = "nobody used the nested ones";

    [Fact]
    public async Task Acknowledge_ByRule_KeepsHowAndWhatWasShown_AndSatisfiesThePolicy()
    {
        await using var world = await StartAsync();
        await world.SetAsync(new ReviewPolicy { WarningsNeedReason = true });
        var id = await world.CreateAsync(Petra, "Nested", "Swaps");
        var warning = await WarningAsync(world, id);
        Refused(await world.SubmitAsync(id, Petra), "warnings-need-reason");

        var count = Done(await AcknowledgeAsync(world, new AcknowledgeRule(id, warning.RuleId, Reason, AcknowledgedHow.Sample, Seed: 7, RowsShown: 1)));

        Assert.True(count > 0);
        var kept = await WarningAsync(world, id);
        Assert.Equal((Petra.Name, Reason, AcknowledgedHow.Sample, 7L, 1), (kept.AcknowledgedBy, kept.AcknowledgedReason, kept.AcknowledgedHow, kept.AcknowledgedSeed, kept.AcknowledgedRows));
        Assert.Equal(64, kept.AcknowledgedHash!.Length);
        Done(await world.SubmitAsync(id, Petra));
    }

    [Fact]
    public async Task Acknowledge_ShortReason_UnknownRuleBulkOrOtherRole_IsRefused()
    {
        await using var world = await StartAsync();
        var id = await world.CreateAsync(Petra, "Nested", "Swaps");
        var rule = (await WarningAsync(world, id)).RuleId;
        Refused(await AcknowledgeAsync(world, new AcknowledgeRule(id, rule, "too short")), "reason-required");
        Refused(await AcknowledgeAsync(world, new AcknowledgeRule(id, null, Reason)), "rule-required");
        Refused(await AcknowledgeAsync(world, new AcknowledgeRule(id, "P99", Reason)), "finding-not-found");
        Refused(await AcknowledgeAsync(world, new AcknowledgeRule(id, rule, Reason, AcknowledgedHow.Bulk)), "how-invalid");
        // Another plan has more of them than were looked at.
        Refused(await AcknowledgeAsync(world, new AcknowledgeRule(id, rule, Reason) { SeenOpen = 99 }), "findings-changed");
        Refused(await AcknowledgeAsync(world, new AcknowledgeRule(id, rule, Reason), Anna), "not-allowed");
    }

    [Fact]
    public async Task Acknowledge_RefusedAndDone_SaysWhatTheRulesFoundAndNamesTheirIdsToPrograms()
    {
        await using var world = await StartAsync(Quiet());
        await world.SetAsync(new ReviewPolicy { WarningsNeedReason = true });
        var id = await world.CreateAsync(Petra, "Quiet", "Gilts", "Notes");
        var found = await QuietOnesAsync(world, id);

        var needed = Refused(await world.SubmitAsync(id, Petra), "warnings-need-reason");
        Assert.EndsWith("with a reason: 2 rooms without members, P01 · 1 nested category becomes a category of its own.", needed.Message, StringComparison.Ordinal);
        Assert.Equal(["NoMembers", "P01"], Assert.IsType<string[]>(needed.Details!.Values["ruleIds"]));
        var open = Refused(await world.Get<SubmitBatchHandler>().HandleAsync(new SubmitBatch(id, AcknowledgeWarnings: false), Petra, CancellationToken.None), "warnings-not-acknowledged");
        Assert.Contains("1 room without members (“Gilts”)", open.Message, StringComparison.Ordinal);
        Assert.Contains("“… rooms are disabled”", Refused(await AcknowledgeAsync(world, new AcknowledgeRule(id, "P16", Reason)), "finding-not-found").Message.Replace("P16 · ", "", StringComparison.Ordinal), StringComparison.Ordinal);

        await world.Database.ExecuteAsync($"update portal.batch_findings set severity = 'Blocker' where id = {found[0].Id}");
        Assert.Equal("“Quiet” has blockers: 2 rooms without members. Fix them or remove their rooms; they cannot be acknowledged.", Refused(await AcknowledgeAsync(world, new AcknowledgeRule(id, "NoMembers", Reason)), "blocker").Message);
        var one = await world.Get<AcknowledgeFindingsHandler>().HandleAsync(new AcknowledgeFindings(id, [found[0].Id]), Petra, CancellationToken.None);
        Assert.Equal("“Gilts” has a blocker: 1 room without members. It must be fixed and cannot be acknowledged.", Refused(one, "blocker").Message);
        await world.Database.ExecuteAsync($"update portal.batch_findings set severity = 'Warning' where id = {found[0].Id}");

        Done(await AcknowledgeAsync(world, new AcknowledgeRule(id, "NoMembers", Reason)));
        Assert.Equal(1, await world.Database.ScalarAsync<int>("select count(*) from portal.batch_events where detail::text like '%\"Found.NoMembers\"%' and detail::text not like '%Acknowledged\"%'"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Replan_FindingSaysSomethingElse_EndsItInADraft_AndMarksItLater(bool isDraft)
    {
        await using var world = await StartAsync();
        var id = await world.CreateAsync(Petra, "Nested", "Swaps");
        var warning = await WarningAsync(world, id);
        Done(await AcknowledgeAsync(world, new AcknowledgeRule(id, warning.RuleId, Reason)));
        if (!isDraft)
            Done(await world.SubmitAsync(id, Petra));
        // What it said when it was acknowledged was something else than the next plan will say.
        await world.Database.ExecuteAsync("update portal.batch_findings set message = '{\"key\":\"Detail.SourceChanged\"}'");

        await world.ScanAsync(Trading());

        var kept = await WarningAsync(world, id);
        Assert.Equal(isDraft ? (null, false) : (Petra.Name, true), (kept.AcknowledgedBy, kept.AcknowledgedStale));
    }

    [Fact]
    public async Task Replan_FindingThatAnEarlierVersionKeptAsText_StaysAcknowledged()
    {
        await using var world = await StartAsync();
        var id = await world.CreateAsync(Petra, "Nested", "Swaps");
        var warning = await WarningAsync(world, id);
        Done(await AcknowledgeAsync(world, new AcknowledgeRule(id, warning.RuleId, Reason)));
        await using (var db = world.Database.OpenPortal())
        {
            var text = Wording.OfText(warning.Message.In(System.Globalization.CultureInfo.InvariantCulture));
            await db.Set<BatchFinding>().Where(x => x.Id == warning.Id).ExecuteUpdateAsync(set => set.SetProperty(x => x.Message, text));
        }

        await world.ScanAsync(Trading());

        Assert.Equal(Petra.Name, (await WarningAsync(world, id)).AcknowledgedBy);
    }

    [Fact]
    public async Task Sample_SameSeed_IsTheSame()
    {
        await using var world = await StartAsync();
        var id = await world.CreateAsync(Petra, "Nested", "Swaps");
        var warning = await WarningAsync(world, id);
        var queries = world.Get<FindingQueries>();
        var group = (await queries.GroupsAsync(id, null, CancellationToken.None)).First(x => x.RuleId == warning.RuleId);
        var (one, other) = (await queries.SampleAsync(id, group, 5, CancellationToken.None), await queries.SampleAsync(id, group, 5, CancellationToken.None));
        Assert.NotEmpty(one);
        Assert.Equal(one.Select(x => x.Id), other.Select(x => x.Id));
    }

    [Fact]
    public async Task Groups_TwoPeopleAcknowledgedOneRule_NameBothWithTheirReasonsAndWhatIsNew()
    {
        await using var world = await StartAsync(Quiet().Member("Bills", "kim"));
        var id = await world.CreateAsync(Petra, "Quiet", "Gilts", "Notes", "Bills");
        var found = await QuietOnesAsync(world, id);
        Assert.Equal(["Gilts", "Notes"], found.Select(x => x.Subject));
        var handler = world.Get<AcknowledgeFindingsHandler>();
        Done(await handler.HandleAsync(new AcknowledgeFindings(id, [found[0].Id], "Agreed with the desk"), Petra, CancellationToken.None));
        Done(await handler.HandleAsync(new AcknowledgeFindings(id, [found[1].Id], "Agreed with the bank"), Paul, CancellationToken.None));
        Done(await world.SubmitAsync(id, Petra));
        // The second will say something else, and the third is new: its room lost its only member.
        await world.Database.ExecuteAsync($"update portal.batch_findings set message = '{{\"key\":\"Detail.SourceChanged\"}}' where id = {found[1].Id}");
        await world.ScanAsync(Quiet());
        Assert.Equal(3, (await QuietOnesAsync(world, id)).Count);

        Assert.Equal(
            [(Petra.Name, "Agreed with the desk", 1, 0), (Paul.Name, "Agreed with the bank", 1, 1)],
            (await QuietAsync(world, id)).Acknowledgements.Select(x => (x.By, x.Reason!, x.Count, x.StaleCount)));

        await using var context = new PageContext(world.Services, Anna);
        var page = context.Render<BatchPage>(x => x.Add(p => p.Id, id));
        page.WaitForState(() => page.Markup.Contains("What will be written to", StringComparison.Ordinal) && page.FindAll("#findings .group").Count > 0);
        var text = page.Find("#findings").TextContent;
        Assert.Contains("Acknowledged by petra (1, read in the list): “Agreed with the desk”", text, StringComparison.Ordinal);
        Assert.Contains("Acknowledged by paul (1, read in the list): “Agreed with the bank” · 1 has changed since", text, StringComparison.Ordinal);
        Assert.Equal("2 acknowledged, now 3: 1 new, not acknowledged", page.Find("#findings .open").TextContent);
        // Nested categories, which nobody looked at.
        Assert.Contains("Acknowledged by petra (1, all at once with the submission)", text, StringComparison.Ordinal);
        await page.InvokeAsync(() => page.FindAll("#findings details").First(x => x.TextContent.Contains("with the desk", StringComparison.Ordinal)).TriggerEventAsync("ontoggle", EventArgs.Empty));
        page.WaitForState(() => page.FindAll("#findings .found li").Count == 3);
        Assert.Contains("Acknowledged by paul before its text changed: “Agreed with the bank”", page.Find("#findings").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Groups_OneOfTwoAcknowledgedInADraft_DoNotCallTheOtherNew()
    {
        await using var world = await StartAsync(Quiet());
        var id = await world.CreateAsync(Petra, "Quiet", "Gilts", "Notes");
        var found = await QuietOnesAsync(world, id);
        Done(await world.Get<AcknowledgeFindingsHandler>().HandleAsync(new AcknowledgeFindings(id, [found[0].Id]), Petra, CancellationToken.None));

        await using var context = new PageContext(world.Services, Paul);
        var page = context.Render<BatchPage>(x => x.Add(p => p.Id, id));
        page.WaitForState(() => page.FindAll("#findings .group").Count > 0);
        var line = page.FindAll("#findings .group").Single(x => x.TextContent.Contains("petra", StringComparison.Ordinal)).TextContent;
        Assert.Contains("Acknowledged by petra (1, read in the list)", line, StringComparison.Ordinal);
        Assert.Contains("1 not acknowledged", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Groups_TwoSamplesOfOnePersonAndThirtyReasonsOfAScript_AreToldApart_WithinTheBoundOfTheirRule()
    {
        var bonds = Trading().Category("Bonds", "Trading");
        foreach (var number in Enumerable.Range(1, 40))
            bonds.Room($"Gilt {number}", "Bonds");
        await using var world = await StartAsync(bonds);
        var id = await world.CreateAsync(Petra, "Quiet", [.. Enumerable.Range(1, 40).Select(x => $"Gilt {x}")]);
        var found = await QuietOnesAsync(world, id);
        foreach (var five in found.Take(10).Chunk(5))
            Done(await AcknowledgeAsync(world, new AcknowledgeRule(id, "NoMembers", Reason, AcknowledgedHow.Sample, [.. five.Select(x => x.Id)], Seed: 7, RowsShown: 10)));
        foreach (var one in found.Skip(10))
            Done(await world.Get<AcknowledgeFindingsHandler>().HandleAsync(new AcknowledgeFindings(id, [one.Id], $"Asked about {one.Subject}"), Paul, CancellationToken.None));
        // Later than all of those, and of a rule of its own.
        var nested = await WarningAsync(world, id, "P01");
        Done(await AcknowledgeAsync(world, new AcknowledgeRule(id, nested.RuleId, Reason)));

        var groups = await world.Get<FindingQueries>().GroupsAsync(id, null, CancellationToken.None);

        var quiet = groups.Single(x => x.RuleId == "NoMembers");
        Assert.Equal([(Petra.Name, 5), (Petra.Name, 5), (Paul.Name, 1)], quiet.Acknowledgements.Take(3).Select(x => (x.By, x.Count)));
        Assert.Equal((FindingQueries.MostAcknowledgements, 32), (quiet.Acknowledgements.Count, quiet.AcknowledgementCount));
        Assert.Equal(1, groups.Single(x => x.RuleId == "P01").AcknowledgementCount);
    }

    [Fact]
    public async Task Groups_InADraftThatWasInReview_CallNewOnlyWhatTheReviewedPlanHadNot()
    {
        await using var world = await StartAsync(Quiet().Member("Bills", "kim"));
        var id = await world.CreateAsync(Petra, "Quiet", "Gilts", "Notes", "Bills");
        var found = await QuietOnesAsync(world, id);
        Done(await world.SubmitAsync(id, Petra));
        await world.ScanAsync(Quiet());
        // The new one is acknowledged; of the old ones, one is open again since it says something else.
        var bills = (await QuietOnesAsync(world, id)).Single(x => found.All(old => old.Subject != x.Subject));
        Done(await world.Get<AcknowledgeFindingsHandler>().HandleAsync(new AcknowledgeFindings(id, [bills.Id]), Petra, CancellationToken.None));
        await world.Database.ExecuteAsync($"update portal.batch_findings set acknowledged_by = null where id = {found[0].Id}");

        await using var context = new PageContext(world.Services, Anna);
        var page = context.Render<BatchPage>(x => x.Add(p => p.Id, id));
        page.WaitForState(() => page.FindAll("#findings .open").Count > 0);
        Assert.Equal("1 not acknowledged", page.Find("#findings .open").TextContent);

        await world.Database.ExecuteAsync($"update portal.batch_findings set acknowledged_by = null where id = {bills.Id}");
        await using var again = new PageContext(world.Services, Anna);
        page = again.Render<BatchPage>(x => x.Add(p => p.Id, id));
        page.WaitForState(() => page.FindAll("#findings .open").Count > 0);
        Assert.Equal("2 not acknowledged, 1 of them new since the last review", page.Find("#findings .open").TextContent);
    }

    /// <summary>Three more rooms, which nobody is a member of.</summary>
    private static PoolBuilder Quiet() => Trading().Category("Bonds", "Trading").Room("Gilts", "Bonds").Room("Notes", "Bonds").Room("Bills", "Bonds");

    private static async Task<FindingGroup> QuietAsync(BatchWorld world, long id) =>
        (await world.Get<FindingQueries>().GroupsAsync(id, null, CancellationToken.None)).Single(x => x.RuleId == "NoMembers");

    private static async Task<IReadOnlyList<BatchFinding>> QuietOnesAsync(BatchWorld world, long id)
    {
        Done(await world.Get<MigrationPortal.Batches.Planning.PlanBatchHandler>().HandleAsync(new(id), CancellationToken.None));
        return await world.Get<FindingQueries>().ListAsync(id, await QuietAsync(world, id), new(0, 50), CancellationToken.None);
    }

    private static Task<Outcome<int>> AcknowledgeAsync(BatchWorld world, AcknowledgeRule request, Caller? by = null) =>
        world.Get<AcknowledgeRuleHandler>().HandleAsync(request, by ?? Petra, CancellationToken.None);

    private static async Task<BatchFinding> WarningAsync(BatchWorld world, long id, string? rule = null)
    {
        await world.Get<MigrationPortal.Batches.Planning.PlanBatchHandler>().HandleAsync(new(id), CancellationToken.None);
        await using var db = world.Database.OpenPortal();
        return await db.Set<BatchFinding>().AsNoTracking().Where(x => x.BatchId == id && x.Severity == Severity.Warning && (rule == null || x.RuleId == rule)).OrderBy(x => x.Id).FirstAsync();
    }
}
