using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Batches.Editing;
using MigrationPortal.Batches.Viewing;
using MigrationPortal.Engine;
using MigrationPortal.Reviews.Policy;
using MigrationPortal.Tests.Reviews;
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
        Refused(await AcknowledgeAsync(world, new AcknowledgeRule(id, rule, Reason), Anna), "not-allowed");
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
    public async Task Sample_SameSeed_IsTheSame()
    {
        await using var world = await StartAsync();
        var id = await world.CreateAsync(Petra, "Nested", "Swaps");
        var warning = await WarningAsync(world, id);
        var queries = world.Get<FindingQueries>();
        var group = (await queries.GroupsAsync(id, CancellationToken.None)).First(x => x.RuleId == warning.RuleId);
        var (one, other) = (await queries.SampleAsync(id, group, 5, CancellationToken.None), await queries.SampleAsync(id, group, 5, CancellationToken.None));
        Assert.NotEmpty(one);
        Assert.Equal(one.Select(x => x.Id), other.Select(x => x.Id));
    }

    private static Task<Outcome<int>> AcknowledgeAsync(BatchWorld world, AcknowledgeRule request, Caller? by = null) =>
        world.Get<AcknowledgeRuleHandler>().HandleAsync(request, by ?? Petra, CancellationToken.None);

    private static async Task<BatchFinding> WarningAsync(BatchWorld world, long id)
    {
        await world.Get<MigrationPortal.Batches.Planning.PlanBatchHandler>().HandleAsync(new(id), CancellationToken.None);
        await using var db = world.Database.OpenPortal();
        return await db.Set<BatchFinding>().AsNoTracking().Where(x => x.BatchId == id && x.Severity == Severity.Warning).OrderBy(x => x.Id).FirstAsync();
    }
}
