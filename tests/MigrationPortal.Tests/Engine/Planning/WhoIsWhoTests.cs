using System.Globalization;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Planning;
using MigrationPortal.Engine.Preflight;
using MigrationPortal.Engine.Reading;

namespace MigrationPortal.Tests.Engine.Planning;

public sealed class WhoIsWhoTests
{
    private static readonly Guid _one = PoolBuilder.Guids("one directory guid");

    private static PoolBuilder Room() => new PoolBuilder().Principal("Ines").Category("Desk").Room("Spot", "Desk").Member("Spot", "Ines");

    private static PlanResult Plan(PoolBuilder legacy, Func<ChatPrincipal, ChatPrincipal> change, ChatPool? current = null)
    {
        var pool = legacy.Build();
        pool = pool with { Principals = [.. pool.Principals.Select(change)] };
        return Planner.Plan(new PlanRequest(
            pool, current ?? new PoolBuilder().Build(), pool.Nodes.Where(n => !n.IsCategory).Select(n => n.Guid).ToHashSet(), new PlanOptions(), new Dictionary<Guid, string>(), new HashSet<Guid>()));
    }

    [Theory]
    [InlineData(PrincipalType.FederatedUser, true)]
    [InlineData(PrincipalType.ExternalUser, false)]
    [InlineData(PrincipalType.User, true)]
    public void Plan_StrangersWithOneGuid_StayStrangers(PrincipalType type, bool isEmpty)
    {
        var pool = Room().Principal("One", type).Principal("Two", type).Principal("Three", type);
        int[] ids = [pool.PrincipalIdOf("One"), pool.PrincipalIdOf("Two"), pool.PrincipalIdOf("Three")];
        var result = Plan(pool.Messages("Spot", 3, ids), p => ids.Contains(p.PrincipalId) ? p with { Guid = isEmpty ? Guid.Empty : _one } : p);

        var people = ids.Select(id => result.Plan.Principals.Single(p => p.LegacyIds.Contains(id))).ToList();
        Assert.Equal(3, people.Select(p => p.Guid).Distinct().Count());
        Assert.All(people, p => Assert.Contains(p.Decisions, d => d.Code == "GuidShared"));
        Assert.DoesNotContain(result.Findings, f => f.RuleId == "PersonMerged");
    }

    [Fact]
    public void Separate_DoneTwice_ChangesNothing()
    {
        var pool = Room().Principal("One", PrincipalType.FederatedUser).Principal("Two", PrincipalType.FederatedUser).Build();
        var once = Identities.Separate(pool with { Principals = [.. pool.Principals.Select(p => p.Type == PrincipalType.FederatedUser ? p with { Guid = Guid.Empty } : p)] });

        Assert.Equal(2, once.Principals.Count(p => p.SharedGuid == Guid.Empty));
        Assert.Same(once, Identities.Separate(once));
    }

    [Fact]
    public void Plan_FederatedRowWithAnEmployeesGuid_LeavesTheEmployeeHis()
    {
        var pool = Room().Principal("Fed", PrincipalType.FederatedUser);
        var id = pool.PrincipalIdOf("Fed");
        var result = Plan(pool.Messages("Spot", 1, id), p => p.PrincipalId == id ? p with { Guid = PoolBuilder.Guids("principal Ines") } : p);

        Assert.Equal([pool.PrincipalIdOf("Ines")], result.Plan.Principals.Single(p => p.Guid == PoolBuilder.Guids("principal Ines")).LegacyIds);
    }

    [Theory]
    [InlineData(1, 0, 9, 1)]
    [InlineData(0, 0, 1, 9)]
    public void Plan_TwoRowsOfOnePerson_TakesTheActiveOneThenTheLaterAndNamesBoth(short disabled, short otherDisabled, long updated, long otherUpdated)
    {
        var pool = Room().Principal("Old").Principal("New").Member("Spot", "Old").Member("Spot", "New");
        var (old, current) = (pool.PrincipalIdOf("Old"), pool.PrincipalIdOf("New"));
        var result = Plan(pool, p =>
            p.PrincipalId == old ? p with { Guid = _one, Disabled = disabled, UpdatedOn = updated }
            : p.PrincipalId == current ? p with { Guid = _one, Disabled = otherDisabled, UpdatedOn = otherUpdated } : p);

        var person = result.Plan.Principals.Single(p => p.Guid == _one);
        Assert.Equal(("sip:New@contoso.com", (short)0), (person.Uri, person.Disabled));
        Assert.Equal([old, current], person.LegacyIds);
        var finding = result.Findings.Single(f => f.RuleId == "PersonMerged");
        Assert.Contains("sip:Old@contoso.com", finding.Message);
        Assert.Contains("sip:New@contoso.com", finding.Message);
        foreach (var culture in new[] { CultureInfo.GetCultureInfo("es"), CultureInfo.GetCultureInfo("de") })
            Assert.DoesNotContain("principal", $"{finding.In(culture)} {finding.Evidence!.In(culture)}", StringComparison.Ordinal);
        Assert.DoesNotContain(result.Findings, f => f.RuleId == "P12");
    }

    [Fact]
    public void Plan_RightOfTheStaleRowAlone_IsAGainSomebodyConfirms()
    {
        var pool = Room().Principal("Old").Principal("New").Member("Spot", "Old");
        var (old, current) = (pool.PrincipalIdOf("Old"), pool.PrincipalIdOf("New"));
        var result = Plan(pool, p => p.PrincipalId == old ? p with { Guid = _one, Disabled = 1 } : p.PrincipalId == current ? p with { Guid = _one } : p);

        Assert.Contains(result.Plan.RightChanges, x => x.Principal == _one && x is { IsGain: true, Cause: "PersonMerged" });
        Assert.Contains(result.Findings, f => f is { RuleId: "Gains", Severity: Severity.Warning });
    }

    [Fact]
    public void Plan_TwoPeopleWithOneAddress_OneHasItHoweverTheRoomsAreCut()
    {
        var legacy = new PoolBuilder().Principal("Ann", uri: "sip:x@contoso.com").Principal("Anna", uri: "SIP:X@contoso.com").Category("Desk").Room("R1", "Desk").Room("R2", "Desk").Member("R1", "Ann").Member("R2", "Anna");
        legacy.Messages("R2", 1, legacy.PrincipalIdOf("Anna"));
        var together = legacy.Plan().Plan;
        var first = legacy.Plan("R2").Plan;

        Assert.Equal((short)0, together.Principals.Single(p => p.Guid == PoolBuilder.Guids("principal Ann")).Disabled);
        Assert.Equal((short)2, together.Principals.Single(p => p.Guid == PoolBuilder.Guids("principal Anna")).Disabled);
        Assert.Equal((short)2, first.Principals.Single(p => p.Guid == PoolBuilder.Guids("principal Anna")).Disabled);
        Assert.Empty(first.Rooms.Single().Members);
    }

    [Theory]
    [InlineData(1, "disabled")]
    [InlineData(2, "deleted")]
    public void Plan_OnlyManagerGoneInTheNewPool_WarnsOfTheRoom(short state, string word)
    {
        var result = Room().Manager("Spot", "Ines").Plan(new PlanOptions(), new PoolBuilder().Principal("Ines", disabled: state).Build());

        var finding = result.Findings.Single(f => f.RuleId == "GoneInNewPool");
        Assert.Equal((Severity.Warning, (Guid?)PoolBuilder.Guids("node Spot")), (finding.Severity, finding.Room));
        Assert.Contains(word, finding.Message);
        Assert.Contains("no other manager", finding.Message);
    }

    [Fact]
    public void Plan_AnotherManagerIsActive_DoesNotSayThatNoneIsLeft()
    {
        var result = Room().Principal("Omar").Manager("Spot", "Ines").Manager("Spot", "Omar").Plan(new PlanOptions(), new PoolBuilder().Principal("Ines", disabled: 2).Build());

        Assert.DoesNotContain("no other manager", result.Findings.Single(f => f.RuleId == "GoneInNewPool").Message);
    }

    [Theory]
    [InlineData(@"CN=John Smith\0ADEL:6f1d1c60-3a52-4a8e-9c1b-0d2f5e7a9b01,CN=Deleted Objects,DC=contoso,DC=com", "John Smith", 2)]
    [InlineData(@"CN=John Smith\0ACNF:6f1d1c60-3a52-4a8e-9c1b-0d2f5e7a9b01,OU=Staff,DC=contoso,DC=com", "John Smith", 1)]
    [InlineData(@"CN=John Smith,OU=Ops\0ADEL:6f1d1c60-3a52-4a8e-9c1b-0d2f5e7a9b01,CN=Deleted Objects,DC=contoso,DC=com", "John Smith", 2)]
    [InlineData(@"CN=Smith\, John,OU=Staff,DC=contoso,DC=com", "Smith, John", 1)]
    public void Plan_PathOfADeletedOrDoubledObject_GivesTheNameBeforeTheMark(string path, string name, short disabled)
    {
        var pool = Room().Principal("John", path: path, disabled: 1).Member("Spot", "John");
        var result = pool.Plan();

        var person = result.Plan.Principals.Single(p => p.Guid == PoolBuilder.Guids("principal John"));
        Assert.Equal((name, disabled), (person.Name, person.Disabled));
        Assert.Equal(disabled == 2, person.Decisions.Any(d => d.Code == "DeletedInDirectory"));
    }

    [Theory]
    [InlineData(@"CN=x\,OU=Staff,DC=contoso,DC=com", "OU=Staff,DC=contoso,DC=com", false)]
    [InlineData(@"CN=x,OU=Staff,DC=contoso,DC=com", "ou=staff, dc=contoso, dc=com", true)]
    [InlineData(@"CN=x,OU=a\2Cb,DC=c", @"OU=a\,b,DC=c", true)]
    [InlineData(@"CN=x,OU=BigStaff,DC=c", "OU=Staff,DC=c", false)]
    [InlineData("OU=Staff,DC=c", "OU=Staff,DC=c", true)]
    [InlineData("DC=c", "OU=Staff,DC=c", false)]
    public void IsAtOrBelow_RelativeNames_AreComparedOneByOne(string path, string container, bool expected) =>
        Assert.Equal(expected, DistinguishedName.Parse(path)!.IsAtOrBelow(DistinguishedName.Parse(container)!));
}
