using Bunit;
using MigrationPortal.Batches.Planning;
using MigrationPortal.Batches.Viewing.Deciding;
using MigrationPortal.Engine;
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
}
