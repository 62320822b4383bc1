using MigrationPortal.Batches.Planning;
using MigrationPortal.Delta.Warnings;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Planning;
using MigrationPortal.Tests.Batches;

namespace MigrationPortal.Tests.Delta.Warnings;

public sealed class DeltaWarningsTests
{
    private static readonly Guid _room = Guid.NewGuid();

    [Fact]
    public void Plan_WithFindings_KeepsItsWarnings()
    {
        var result = BatchWorld.Trading().Plan();

        Assert.NotEmpty(result.Plan.Warnings!);
        Assert.Equal(result.Findings.Where(x => x.Severity == Severity.Warning), result.Plan.Warnings!);
    }

    [Fact]
    public void Own_WhatThePlanBeforeWarnedOf_IsNone()
    {
        Finding[] warnings = [Outside("Kim"), Missing("a.txt"), Disabled(_room)];

        Assert.Empty(DeltaWarnings.Own(Kept(warnings), warnings));
    }

    [Fact]
    public void Own_TheSameRuleOfAnotherRoomOrAboutMorePeople_IsItsOwn()
    {
        Finding[] now = [Outside("Kim", "Lee"), Disabled(_room), Disabled(Guid.NewGuid())];

        Assert.Equal([now[0], now[2]], DeltaWarnings.Own(Kept([Outside("Kim"), Disabled(_room)]), now).AsEnumerable());
    }

    [Fact]
    public void Own_AboutFewerPeople_IsKnown() =>
        Assert.Empty(DeltaWarnings.Own(Kept([Outside("Kim", "Lee"), Gone("Ann", "Bea", "Cid", "Dan", "Eve", "Fay")]), [Outside("Lee"), Gone("Bea", "Cid", "Dan", "Eve", "Fay")]));

    [Theory]
    [InlineData(6, 7)]
    [InlineData(3, 7)]
    public void Own_OfAListThatIsCut_IsOneThatGrew(int before, int now)
    {
        var grown = Gone(People(now));

        Assert.Equal([grown], DeltaWarnings.Own(Kept([Gone(People(before))]), [grown]));
    }

    [Fact]
    public void Own_NumbersOfTheWholePool_AreKnown()
    {
        Finding[] then = [new("P19", Severity.Warning, null, "compliance-records", 5), new("P15.entries", Severity.Warning, null, "access-control-entries", 11, 10)];

        Assert.Empty(DeltaWarnings.Own(Kept(then), [new("P19", Severity.Warning, null, "compliance-records", 500), new("P15.entries", Severity.Warning, null, "access-control-entries", 12, 10)]));
    }

    [Fact]
    public void Own_OtherRightsOfTheSamePeople_IsItsOwn()
    {
        Finding[] now = [Losing(("Ann", "Manager"), ("Bob", "Manager"))];

        Assert.Equal(now, DeltaWarnings.Own(Kept([Losing(("Ann", "Member"), ("Bob", "Manager"))]), now));
        Assert.Empty(DeltaWarnings.Own(Kept(now), [Losing(("Ann", "Manager"))]));
    }

    [Fact]
    public void Own_MorePlacesThanAreListed_IsItsOwn()
    {
        Finding[] now = [Gaining(500)];

        Assert.Equal(now, DeltaWarnings.Own(Kept([Gaining(60)]), now));
        Assert.Empty(DeltaWarnings.Own(Kept(now), [Gaining(60)]));
    }

    [Fact]
    public void Own_NumberOfTheBatch_IsOneThatGrew()
    {
        Finding[] now = [new("P05", Severity.Warning, null, "Kim", 40)];

        Assert.Equal(now, DeltaWarnings.Own(Kept([new("P05", Severity.Warning, null, "Kim", 1)]), now));
    }

    [Fact]
    public void Own_RoomWithAnotherName_IsKnown() =>
        Assert.Empty(DeltaWarnings.Own(Kept([new("P16", Severity.Warning, _room, "Desk")]), [new("P16", Severity.Warning, _room, "Front desk")]));

    [Fact]
    public void Own_OfTwoThatAreAlike_TakesTheOneThatSaysLeast() =>
        Assert.Empty(DeltaWarnings.Own(Kept([Losing(("Ann", "Member"), ("Bob", "Member")), Losing(("Ann", "Member"))]), [Losing(("Ann", "Member")), Losing(("Ann", "Member"), ("Bob", "Member"))]));

    [Fact]
    public void Own_KeptAsATextByAnEarlierPortal_IsKnown()
    {
        var now = Disabled(_room);

        Assert.Empty(DeltaWarnings.Own([now with { Wording = Wording.OfText(now.In(System.Globalization.CultureInfo.InvariantCulture)) }], [now]));
    }

    [Fact]
    public void Own_NumberOfARoom_IsOneThatGrew()
    {
        Finding[] now = [new("P18.missing", Severity.Warning, _room, "Desk", 9, new[] { Wording.OfText("a.txt") })];

        Assert.Equal(now, DeltaWarnings.Own(Kept([Missing("a.txt")]), now));
    }

    [Fact]
    public void Own_AnotherSentenceOfTheSameRule_IsItsOwn()
    {
        Finding[] now = [new("P09.dropped", Severity.Warning, _room, "Desk", 1, new[] { "Kim" })];

        Assert.Equal(now, DeltaWarnings.Own(Kept([new("P09.inert", Severity.Warning, _room, "Desk", 1, new[] { "Kim" })]), now));
    }

    [Fact]
    public void Own_OneMoreOfTwoThatSayTheSame_IsOne() =>
        Assert.Single(DeltaWarnings.Own(Kept([Disabled(null), Missing("a.txt")]), [Disabled(null), Disabled(null)]));

    private static IReadOnlyList<Finding> Kept(IReadOnlyList<Finding> warnings)
    {
        var plan = new MigrationPlan { Fingerprint = "f", Principals = [], Affiliations = [], AddIns = [], Categories = [], Rooms = [], Warnings = warnings };
        return PlanDocument.Read(PlanDocument.Write(plan)).Warnings!;
    }

    private static Finding Outside(params string[] people) => new("P09", Severity.Warning, _room, "Desk", people.Length, people) { Evidence = new Wording("List.All", (IReadOnlyList<string>)people) };

    private static Finding Losing(params (string Who, string Right)[] rights) => new("P09.dropped", Severity.Warning, _room, "Desk", rights.Length, Described(rights));

    private static Wording[] Described((string Who, string Right)[] rights) => [.. rights.Select(x => new Wording("Right.Of", x.Who, new Wording($"Right.{x.Right}")))];

    // Three are named, fifty beside them.
    private static Finding Gaining(int count)
    {
        string[] places = [.. Enumerable.Range(1, count).Select(x => $"Room {x}")];
        return new("Gains", Severity.Warning, null, "Kim (Member)", new Wording("Gains.Member", new Wording("List.AndMore", count - 3, places[..3]))) { Evidence = new Wording("List.All", (IReadOnlyList<string>)places[..50]) };
    }

    private static string[] People(int count) => [.. Enumerable.Range(1, count).Select(x => $"Person {x}")];

    // Named as far as they are of the first five, with no evidence beside the sentence.
    private static Finding Gone(params string[] people) => new("P12.deleted", Severity.Warning, null, "deleted-people", people.Length,
        people.Length <= 5 ? people : new Wording("List.AndMore", people.Length - 5, people[..5])) { Evidence = new Wording("List.All", (IReadOnlyList<string>)people[..Math.Min(6, people.Length)]) };

    // A text within a sentence, as names of files are.
    private static Finding Missing(string file) => new("P18.missing", Severity.Warning, _room, "Desk", 1, new[] { Wording.OfText(file) });

    private static Finding Disabled(Guid? room) => new("P16", Severity.Warning, room, "Desk");
}
