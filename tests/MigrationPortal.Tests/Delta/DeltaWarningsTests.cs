using MigrationPortal.Batches.Planning;
using MigrationPortal.Delta;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Planning;
using MigrationPortal.Tests.Batches;

namespace MigrationPortal.Tests.Delta;

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
    public void Own_OneMoreOfTwoThatSayTheSame_IsOne() =>
        Assert.Single(DeltaWarnings.Own(Kept([Disabled(null), Missing("a.txt")]), [Disabled(null), Disabled(null)]));

    private static IReadOnlyList<Finding> Kept(IReadOnlyList<Finding> warnings)
    {
        var plan = new MigrationPlan { Fingerprint = "f", Principals = [], Affiliations = [], AddIns = [], Categories = [], Rooms = [], Warnings = warnings };
        return PlanDocument.Read(PlanDocument.Write(plan)).Warnings!;
    }

    private static Finding Outside(params string[] people) => new("P09", Severity.Warning, _room, "Desk", people.Length, people) { Evidence = new Wording("List.All", (IReadOnlyList<string>)people) };

    // A text within a sentence, as names of files are.
    private static Finding Missing(string file) => new("P18.missing", Severity.Warning, _room, "Desk", 1, new[] { Wording.OfText(file) });

    private static Finding Disabled(Guid? room) => new("P16", Severity.Warning, room, "Desk");
}
