using MigrationPortal.Engine;
using MigrationPortal.Engine.Planning;
using MigrationPortal.Engine.Preflight;

namespace MigrationPortal.Tests.Engine.Planning;

/// <summary>Who can do more or less than before, and why; nobody gains without a finding that somebody must say yes to.</summary>
public sealed class RightChangesTests
{
    private static PoolBuilder Clean() => new PoolBuilder().Principal("Ines").Category("Desk").Room("Spot", "Desk").Member("Spot", "Ines");

    [Fact]
    public void Plan_InheritedAndRootRights_ChangeNothing() =>
        Assert.Empty(Clean().Principal("Boss").Manager("root", "Boss").Manager("Desk", "Ines").Plan().Plan.RightChanges);

    [Fact]
    public void Plan_FederatedMember_Loses() => Assert.Equal(
        [new RightChange(PoolBuilder.Guids("principal Fed"), "Fed", PoolBuilder.Guids("node Spot"), "Spot", "Member", true, false, "FederatedNoAccess")],
        Clean().Principal("Fed", PrincipalType.FederatedUser).Member("Spot", "Fed").Plan().Plan.RightChanges);

    [Fact]
    public void Plan_MemberOutsideTheScope_LosesOnlyWhereTheRightCounted()
    {
        var pool = Clean().Principal("Out", path: "CN=Out,DC=fabrikam,DC=com").Member("Spot", "Out", honorsScope: true);
        Assert.Empty(pool.Plan().Plan.RightChanges);
        Assert.Single(Clean().Principal("Out", path: "CN=Out,DC=fabrikam,DC=com").Member("Spot", "Out").Plan().Plan.RightChanges, x => x is { Person: "Out", Before: true, After: false });
    }

    [Fact]
    public void Plan_PresenterMadeMember_GainsAndNeedsAYes()
    {
        var pool = Clean().Change("Spot", n => n with { Behavior = "auditorium" }).Principal("Guest").Presenter("Spot", "Guest");
        var result = pool.Plan(new PlanOptions { PresenterNotMember = PresenterNotMember.MakeMember });
        Assert.Contains(result.Plan.RightChanges, x => x is { Person: "Guest", Right: "Member", IsGain: true, Cause: "PresenterMadeMember" });
        var finding = Assert.Single(result.Findings, x => x.RuleId == "Gains");
        Assert.Equal(Severity.Warning, finding.Severity);
        Assert.Contains("Spot", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Plan_AdmittedMember_IsEligibleInTheWholeCategory()
    {
        var result = Clean().Principal("Out", path: "CN=Out,DC=fabrikam,DC=com").Member("Spot", "Out").Plan(new PlanOptions { OutOfScope = OutOfScope.Admit });
        Assert.Contains(result.Plan.RightChanges, x => x is { Person: "Out", Right: "Eligible", Subject: "Desk", IsGain: true, Cause: "Admitted" });
        Assert.Contains(result.Findings, x => x is { RuleId: "Gains", Severity: Severity.Warning });
    }

    [Fact]
    public void Plan_AdmittedMember_OfACategoryThatStandsWithThem_GainsNothing()
    {
        var result = Admitting(there => there.Scope("Desk", "contoso.com", "Out"));
        Assert.Contains(PoolBuilder.Guids("principal Out"), result.Plan.Rooms.Single().Members);
        Assert.Empty(result.Plan.RightChanges);
        Assert.DoesNotContain(result.Findings, x => x.RuleId == "Gains");
    }

    [Fact]
    public void Plan_AdmittedMember_OfACategoryThatStandsWithoutThem_LosesTheRoomAlone()
    {
        var change = Assert.Single(Admitting(there => there.Scope("Desk", "contoso.com")).Plan.RightChanges);
        Assert.Equal(("Out", "Spot", "Member", false), (change.Person, change.Subject, change.Right, change.IsGain));
    }

    [Fact]
    public void Plan_CategoryThatStandsWiderAndNarrower_IsSaidBesideWhoIsAdmitted()
    {
        var changes = Admitting(there => there.Principal("Stranger").Scope("Desk", "Ines", "Out", "Stranger")).Plan.RightChanges;
        Assert.Equal([("Ines", true), ("Stranger", true), ("contoso.com", false)], changes.Where(x => x is { Right: "Eligible", Cause: "CategoryDrift" }).Select(x => (x.Person, x.IsGain)));
        Assert.DoesNotContain(changes, x => x.Cause == "Admitted");
    }

    [Theory]
    [InlineData(1, 0, true, "AccountActive")]
    [InlineData(0, 1, false, "AccountDisabled")]
    public void Plan_AccountDiffersBetweenPools_IsSaid(short before, short now, bool isGain, string cause)
    {
        var current = new PoolBuilder().Principal("Ines", disabled: now).Build();
        var pool = new PoolBuilder().Principal("Ines", disabled: before).Category("Desk").Room("Spot", "Desk").Member("Spot", "Ines");
        var change = Assert.Single(pool.Plan(new PlanOptions(), current).Plan.RightChanges);
        Assert.Equal((isGain, cause), (change.IsGain, change.Cause));
    }

    [Fact]
    public void Plan_RightChanges_AreNoPartOfTheFingerprint()
    {
        var pool = Clean().Principal("Fed", PrincipalType.FederatedUser).Member("Spot", "Fed");
        var plan = pool.Plan().Plan;
        Assert.NotEmpty(plan.RightChanges);
        Assert.Equal(plan.Fingerprint, pool.Plan().Plan.Fingerprint);
    }

    private static PlanResult Admitting(Func<PoolBuilder, PoolBuilder> standing)
    {
        const string Outside = "CN=Out,DC=fabrikam,DC=com";
        var there = standing(new PoolBuilder().Principal("Ines").Principal("Out", path: Outside).Category("Desk", with: n => n with { Invite = true, Logged = true, FilePost = true }));
        return Clean().Principal("Out", path: Outside).Member("Spot", "Out").Plan(new PlanOptions { OutOfScope = OutOfScope.Admit }, there.Build());
    }
}
