using MigrationPortal.Engine;
using MigrationPortal.Engine.Planning;

namespace MigrationPortal.Tests.Engine.Planning;

/// <summary>Every option that is no default, by what becomes of a room.</summary>
public sealed class PlanOptionsTests
{
    private static PoolBuilder Clean() => new PoolBuilder().Principal("Ines").Category("Desk").Room("Spot", "Desk").Member("Spot", "Ines");

    [Fact]
    public void PutInto_RoomUnderRoot_StandsInACategoryWithTheRootsScope()
    {
        var result = Clean().Room("Hall").Member("Hall", "Ines").Plan(new PlanOptions { RoomUnderRoot = RoomUnderRoot.PutInto, RootCategory = "Everybody" }, "Hall");
        var category = Assert.Single(result.Plan.Categories);
        Assert.Equal("Everybody", category.Name);
        Assert.NotEqual(PoolBuilder.Guids("root"), category.Guid);
        Assert.Equal([PoolBuilder.Guids("principal contoso.com")], category.Scope);
        Assert.Equal(("Hall", category.Guid), (result.Plan.Rooms.Single().Name, result.Plan.Rooms.Single().Category));
        Assert.Equal(Severity.Warning, Assert.Single(result.Findings, x => x.RuleId == "P06").Severity);
    }

    [Fact]
    public void PutInto_NameThatACategoryBears_Collides() => Assert.Contains(
        Clean().Room("Hall").Member("Hall", "Ines").Plan(new PlanOptions { RoomUnderRoot = RoomUnderRoot.PutInto, RootCategory = "DESK" }).Findings,
        x => x is { RuleId: "P03", Severity: Severity.Blocker });

    [Fact]
    public void EmptyCategories_Create_AddsThoseWithoutRooms()
    {
        var pool = Clean().Category("Shelf").Category("Deep", "Shelf");
        Assert.Equal(["Desk"], pool.Plan().Plan.Categories.Select(x => x.Name));
        Assert.Equal(["Desk", "Shelf", "Shelf - Deep"], pool.Plan(new PlanOptions { EmptyCategories = EmptyCategories.Create }).Plan.Categories.Select(x => x.Name));
    }

    [Theory]
    [InlineData("spot ", "Shelf")]
    [InlineData("Taken", "Shelf")]
    [InlineData("\u200B", "Shelf")]
    [InlineData("long", "Shelf")]
    [InlineData("Fine", null)]
    public void EmptyCategories_CreateOneThatTheNewPoolWouldRefuse_LeavesItAloneBehind(string name, string? left)
    {
        var pool = Clean().Category("Shelf", with: n => n with { Name = name == "long" ? new string('x', 300) : name }).Category("Other");
        var result = pool.Plan(new PlanOptions { EmptyCategories = EmptyCategories.Create }, new PoolBuilder().Category("Taken", with: n => n with { Guid = Guid.NewGuid() }).Build());

        Assert.Equal(left is null ? ["Desk", name, "Other"] : ["Desk", "Other"], result.Plan.Categories.Select(x => x.Name));
        Assert.Equal(left is null ? [] : [("EmptyCategoriesLeft", Severity.Warning)], result.Findings.Where(x => x.RuleId is "EmptyCategoriesLeft" or "P03" or "P04").Select(x => (x.RuleId, x.Severity)));
    }

    [Fact]
    public void EmptyCategories_CreateOneOfSomebodyWhomTheNewPoolWouldRefuse_LeavesBothBehind()
    {
        var pool = Clean().Principal(new string('y', 500)).Category("Shelf").Scope("Shelf", new string('y', 500)).Category("Other");
        var result = pool.Plan(new PlanOptions { EmptyCategories = EmptyCategories.Create });

        Assert.Equal(["Desk", "Other"], result.Plan.Categories.Select(x => x.Name));
        Assert.DoesNotContain(result.Plan.Principals, x => x.Name?.Length == 500);
        Assert.DoesNotContain(result.Findings, x => x.Severity == Severity.Blocker);
    }

    [Fact]
    public void FederatedRoles_Keep_WritesTheRowOfADisabledPerson()
    {
        var pool = Clean().Principal("Fed", PrincipalType.FederatedUser).Principal("Feds", PrincipalType.FederatedGroup).Member("Spot", "Fed").Member("Spot", "Feds");
        Assert.DoesNotContain(PoolBuilder.Guids("principal Fed"), pool.Plan().Plan.Rooms.Single().Members);
        var kept = pool.Plan(new PlanOptions { FederatedRoles = FederatedRoles.Keep }).Plan;
        Assert.Contains(PoolBuilder.Guids("principal Fed"), kept.Rooms.Single().Members);
        Assert.DoesNotContain(PoolBuilder.Guids("principal Feds"), kept.Rooms.Single().Members);
        Assert.Equal(2, kept.Principals.Single(x => x.Name == "Fed").Disabled);
    }

    [Theory]
    [InlineData(DisabledFlag.Disabled, 1)]
    [InlineData(DisabledFlag.Deleted, 2)]
    public void DisabledFlag_LegacyDisabled_BecomesThat(DisabledFlag flag, short expected) => Assert.Equal(
        expected,
        Clean().Principal("Gone", disabled: 1).Member("Spot", "Gone").Plan(new PlanOptions { DisabledFlag = flag }).Plan.Principals.Single(x => x.Name == "Gone").Disabled);

    [Fact]
    public void Placeholder_UnknownAuthor_IsADisabledPersonForEver()
    {
        var pool = Clean().Messages("Spot", 3, 4711);
        var options = new PlanOptions { AuthorWithoutPrincipal = AuthorWithoutPrincipal.Placeholder };
        var (one, other) = (pool.Plan(options), pool.Plan(options));
        var person = one.Plan.Principals.Single(x => x.LegacyIds.Contains(4711));
        Assert.Equal((2, PrincipalType.User, false), (person.Disabled, person.Type, person.SchedulesDirectorySync));
        Assert.Equal(person.Guid, other.Plan.Principals.Single(x => x.LegacyIds.Contains(4711)).Guid);
        Assert.Equal(Severity.Warning, Assert.Single(one.Findings, x => x.RuleId == "P23").Severity);
    }

    [Fact]
    public void InvalidAddIn_Drop_MovesTheRoomWithoutIt()
    {
        var pool = Clean().AddIn("Prices", "ftp://prices").Change("Spot", n => n with { AddInId = PoolBuilder.Guids("addin Prices") });
        var result = pool.Plan(new PlanOptions { InvalidAddIn = InvalidAddIn.Drop });
        Assert.Null(result.Plan.Rooms.Single().AddInId);
        Assert.Empty(result.Plan.AddIns);
        Assert.Contains(result.Plan.Rooms.Single().Decisions, x => x is { Code: "AddInDropped", Old: "Prices", New: null });
        Assert.Equal(Severity.Warning, Assert.Single(result.Findings, x => x.RuleId == "P14").Severity);
    }

    [Fact]
    public void Admit_MemberOutsideTheScope_JoinsItWhicheverBatchTheRoomIsIn()
    {
        var pool = Clean().Principal("Out", path: "CN=Out,DC=fabrikam,DC=com").Room("Far", "Desk").Member("Far", "Out").Member("Far", "Ines");
        var options = new PlanOptions { OutOfScope = OutOfScope.Admit };
        var outsider = PoolBuilder.Guids("principal Out");
        Assert.Contains(outsider, pool.Plan(options, "Far").Plan.Rooms.Single().Members);
        Assert.Contains(outsider, pool.Plan(options, "Spot").Plan.Categories.Single().Scope);
        Assert.Equal(Severity.Warning, Assert.Single(pool.Plan(options, "Far").Findings, x => x.RuleId == "P09").Severity);
        Assert.DoesNotContain(outsider, pool.Plan(options, "Far").Plan.Categories.Single().Creators);
    }

    [Fact]
    public void Preferences_Copy_BlocksUntilItIsBuilt() =>
        Assert.Contains(Clean().Plan(new PlanOptions { Preferences = Preferences.Copy }).Findings, x => x is { RuleId: "Preferences", Severity: Severity.Blocker });

    [Fact]
    public void CutOff_RoomWithOlderMessages_SaysSoAndIsCarriedByThePlan()
    {
        var day = new DateOnly(2012, 1, 1);
        var ticks = new DateTime(2012, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;
        var pool = Clean().Messages("Spot", 3, PoolBuilder.SystemId);
        var result = pool.Plan(new PlanOptions { CutOff = day });
        Assert.Equal(ticks, result.Plan.Rooms.Single().CutOffTicks);
        Assert.DoesNotContain(result.Findings, x => x.RuleId == "P17");
    }

    [Fact]
    public void Decisions_OfSettings_NameWhereTheValueComesFrom()
    {
        var plan = Clean().Change("Desk", n => n with { Logged = false, Visibility = "private" }).Change("Spot", n => n with { Visibility = null }).Plan().Plan;
        Assert.Contains(plan.Categories.Single().Decisions, x => x is { Property: "History", New: "off", Source: "Desk" });
        Assert.Contains(plan.Rooms.Single().Decisions, x => x is { Code: "PrivacyResolved", Old: null, New: "private", Source: "Desk" });
    }
}
