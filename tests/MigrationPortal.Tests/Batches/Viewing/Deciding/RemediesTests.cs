using MigrationPortal.Batches.Viewing;
using MigrationPortal.Batches.Viewing.Deciding;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Planning;
using MigrationPortal.PoolPairs;
using MigrationPortal.Tests.Engine.Planning;
using static MigrationPortal.Tests.Batches.BatchWorld;

namespace MigrationPortal.Tests.Batches.Viewing.Deciding;

/// <summary>An option is offered where its value ends the finding, and nowhere else.</summary>
public sealed class RemediesTests
{
    [Theory]
    [InlineData(1, 0, "OutOfScope=Admit")]
    [InlineData(0, 1, "ScopeUndecided=Keep")]
    [InlineData(1, 1, "OutOfScope=Admit ScopeUndecided=Keep")]
    [InlineData(0, 0, "")]
    public void Of_RightsOutsideTheScope_OffersWhatTheLossesDependOn(int outside, int unknown, string expected) =>
        Assert.Equal(expected, Text(Found("P09") with { Scopes = (outside, unknown) }, new PlanOptions()));

    [Fact]
    public void Of_AnOptionThatHasTheValue_OffersItNoMore()
    {
        var options = new PlanOptions { OutOfScope = OutOfScope.Admit, ScopeUndecided = ScopeUndecided.Keep, DisabledRooms = DisabledRooms.Skip };

        Assert.Equal("", Text(Found("P09") with { Scopes = (1, 1) }, options));
        Assert.Equal("", Text(Found("P16"), options));
    }

    [Theory]
    [InlineData("P02", "OverLongName=Shorten")]
    [InlineData("P06", "RoomUnderRoot=PutInto")]
    [InlineData("P10", "PresenterNotMember=MakeMember")]
    [InlineData("P14", "InvalidAddIn=Drop")]
    [InlineData("P16", "DisabledRooms=Skip")]
    [InlineData("P23", "AuthorWithoutPrincipal=Placeholder")]
    public void Of_ARuleWithAnOption_NamesItAndAValueThatItTakes(string rule, string expected)
    {
        Assert.Equal(expected, Text(Found(rule), new PlanOptions()));
        var remedy = Remedies.Of(Found(rule), new PlanOptions()).First(x => x.Kind == RemedyKind.SetOption);
        Assert.True(PlanOptionFields.With(new PlanOptions(), remedy.Option!, remedy.Value!).IsDone);
    }

    [Fact]
    public void Plan_DisabledRoomIsSkipped_WarnsNoMore()
    {
        var pool = new PoolBuilder().Principal("kim").Category("Trading").Room("Desk", "Trading", x => x with { Disabled = true }).Member("Desk", "kim");

        Assert.Equal([Severity.Warning], Of(new PlanOptions()));
        Assert.Equal([Severity.Info], Of(new PlanOptions { DisabledRooms = DisabledRooms.Skip }));

        IEnumerable<Severity> Of(PlanOptions options) => pool.Plan(options).Findings.Where(x => x.RuleId == "P16").Select(x => x.Severity);
    }

    [Fact]
    public void Of_DisabledPeople_OffersNoOption_SinceNoneEndsTheFinding()
    {
        var pool = new PoolBuilder().Principal("kim").Principal("off", disabled: 1).Category("Trading").Room("Desk", "Trading").Member("Desk", "kim").Member("Desk", "off");

        Assert.Contains(pool.Plan(new PlanOptions { DisabledFlag = DisabledFlag.Deleted }).Findings, x => x is { RuleId: "P12", Severity: Severity.Warning });
        Assert.Empty(Remedies.Of(Found("P12"), new PlanOptions()));
    }

    [Fact]
    public async Task Groups_OfABatch_SayWhatTheLossesDependOn()
    {
        await using var world = await StartAsync(Trading()
            .Principal("out", path: "CN=out,DC=fabrikam,DC=com").Principal("circle", PrincipalType.Group, path: "").Member("Desk", "circle").Member("Repo", "circle").Member("Repo", "out"));
        var id = await world.CreateAsync(Petra, "Wave 1", "Desk", "Repo");
        Done(await world.Get<MigrationPortal.Batches.Planning.PlanBatchHandler>().HandleAsync(new(id), CancellationToken.None));

        var groups = await world.Get<FindingQueries>().GroupsAsync(id, reviewedPlanId: null, CancellationToken.None);

        Assert.Equal((1, 2), groups.Single(x => x is { RuleId: "P09", Severity: Severity.Warning }).Scopes);
        Assert.All(groups.Where(x => x.RuleId != "P09"), x => Assert.Equal((0, 0), x.Scopes));
    }

    private static FindingGroup Found(string rule) => new(rule, Severity.Warning, Count: 1, OpenCount: 1, RoomCount: 1, AcknowledgedBy: null, AcknowledgedReason: null, AcknowledgedAt: null);

    private static string Text(FindingGroup group, PlanOptions options) =>
        string.Join(' ', Remedies.Of(group, options).Where(x => x.Kind == RemedyKind.SetOption).Select(x => $"{x.Option}={x.Value}"));
}
