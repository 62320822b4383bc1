using MigrationPortal.Engine;
using MigrationPortal.Engine.Planning;
using MigrationPortal.Engine.Preflight;

namespace MigrationPortal.Tests.Engine.Planning;

public sealed class PrincipalPlannerTests
{
    private static PoolBuilder Room() => new PoolBuilder().Principal("Ines").Category("Desk").Room("Spot", "Desk");

    private static PlannedPrincipal Only(PlanResult result, string name) =>
        result.Plan.Principals.Single(p => p.Guid == PoolBuilder.Guids("principal " + name));

    [Fact]
    public void Plan_AuthorWhoIsNoMember_IsProvisioned()
    {
        var pool = Room();

        var person = Only(pool.Messages("Spot", 3, pool.PrincipalIdOf("Ines")).Plan(), "Ines");

        Assert.Equal(PlannedAction.Create, person.Action);
        Assert.Equal("Ines", person.DisplayName);
        Assert.True(person.SchedulesDirectorySync);
    }

    [Fact]
    public void Plan_PersonIsInTheNewPool_IsReusedWhateverElseDiffers()
    {
        var result = Room().Member("Spot", "Ines").Plan(new PlanOptions(), new PoolBuilder().Principal("Ines", uri: "sip:other@contoso.com", disabled: 1).Build());

        Assert.Equal(PlannedAction.Reuse, Only(result, "Ines").Action);
    }

    [Fact]
    public void Plan_FederatedAuthor_BecomesADisabledUserWithoutSync()
    {
        var pool = Room().Principal("Fed", PrincipalType.FederatedUser);

        var person = Only(pool.Messages("Spot", 3, pool.PrincipalIdOf("Fed")).Plan(), "Fed");

        Assert.Equal((PrincipalType.User, (short)2, false), (person.Type, person.Disabled, person.SchedulesDirectorySync));
    }

    [Fact]
    public void Plan_AddressTakenByAnActiveOther_GivesADisabledPersonWithoutRights()
    {
        var newPool = new PoolBuilder().Principal("Somebody", uri: "sip:Ines@contoso.com").Build();

        var result = Room().Member("Spot", "Ines").Messages("Spot", 1, 3).Plan(new PlanOptions(), newPool);

        Assert.Equal(2, Only(result, "Ines").Disabled);
        Assert.Empty(result.Plan.Rooms.Single().Members);
        Assert.Contains(result.Findings, f => f.RuleId == "UriTaken");
    }

    [Fact]
    public void Plan_SystemUserAsAuthor_IsTheNewPoolsOwn()
    {
        var result = Room().Messages("Spot", 1, PoolBuilder.SystemId).Plan();

        Assert.Equal(PlannedAction.Reuse, Only(result, "System").Action);
        Assert.Equal([PoolBuilder.SystemId], Only(result, "System").LegacyIds);
    }

    [Fact]
    public void Plan_ProvisionedMemberOfAGroup_BringsItsPairAndItsSelfRow()
    {
        var pool = Room().Principal("Staff", PrincipalType.Group).Affiliate("Ines", "Staff").Member("Spot", "Ines").Member("Spot", "Staff");

        var rows = pool.Plan().Plan.Affiliations;

        var (ines, staff) = (PoolBuilder.Guids("principal Ines"), PoolBuilder.Guids("principal Staff"));
        Assert.Contains(new PlannedAffiliation(ines, ines, -1), rows);
        Assert.Contains(new PlannedAffiliation(ines, staff, 1), rows);
    }

    [Theory]
    [InlineData(@"CN=Smith\, John,OU=Ops,DC=x", "Smith, John")]
    [InlineData(@"CN=M\C3\BCller,OU=Ops", "Müller")]
    [InlineData("OU=Ops,DC=x", null)]
    [InlineData(null, null)]
    public void CommonName_OfDistinguishedName_IsItsLeadingValueUnescaped(string? path, string? expected) =>
        Assert.Equal(expected, DistinguishedName.Parse(path)?.CommonName);
}
