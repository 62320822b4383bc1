using MigrationPortal.Engine;
using MigrationPortal.Engine.Planning;

namespace MigrationPortal.Tests.Engine.Planning;

public sealed class RoomRightsTests
{
    private static Guid Person(string name) => PoolBuilder.Guids("principal " + name);

    private static PoolBuilder Desk() => new PoolBuilder()
        .Principal("Ines").Principal("Tom").Principal("Root boss").Principal("Fed", PrincipalType.FederatedUser)
        .Category("Trading").Category("FX", "Trading");

    [Fact]
    public void Plan_MembersOfRoomAndCategories_AreAUnionDownFromTheRoleDefiner()
    {
        var room = Desk().Room("Spot", "FX").Member("Spot", "Ines").Member("Trading", "Tom").Plan().Plan.Rooms.Single();

        Assert.Equal(new[] { Person("Ines"), Person("Tom") }.Order(), room.Members);
    }

    [Fact]
    public void Plan_NewMembershipStartsBelow_RowsAboveCountOnlyWhereTheyCannotBeOverridden()
    {
        var pool = Desk().Room("Spot", "FX").Member("Trading", "Tom").Member("Trading", "Ines", honorsOverride: false);
        var fx = pool.IdOf("FX");

        var room = pool.Change("Spot", n => n with { RoleDefinerId = fx }).Plan().Plan.Rooms.Single();

        Assert.Equal([Person("Ines")], room.Members);
    }

    [Fact]
    public void Plan_ManagersOfEveryLevel_ManageTheRoomWhateverTheRoleDefiner()
    {
        var pool = Desk().Room("Spot", "FX").Manager("root", "Root boss").Manager("Trading", "Tom").Manager("Spot", "Ines");
        var fx = pool.IdOf("FX");

        var result = pool.Change("Spot", n => n with { RoleDefinerId = fx }).Plan();

        Assert.Equal(new[] { Person("Ines"), Person("Tom"), Person("Root boss") }.Order(), result.Plan.Rooms.Single().Managers);
        Assert.Contains(result.Findings, f => f is { RuleId: "P05", Subject: "Root boss" });
    }

    [Fact]
    public void Plan_FederatedMember_LosesTheRight()
    {
        var result = Desk().Room("Spot", "FX").Member("Spot", "Fed").Plan();

        Assert.Empty(result.Plan.Rooms.Single().Members);
        Assert.Contains(result.Plan.Rooms.Single().Decisions, d => d.Code == "FederatedNoAccess");
    }

    [Fact]
    public void Plan_MemberOutsideScope_IsDroppedAndTold()
    {
        var pool = Desk().Principal("Wall", PrincipalType.Folder, "OU=Wall,DC=contoso,DC=com").Scope("FX", "Wall").Room("Spot", "FX").Member("Spot", "Ines");

        var result = pool.Plan();

        Assert.Empty(result.Plan.Rooms.Single().Members);
        Assert.Contains(result.Findings, f => f is { RuleId: "P09", Severity: MigrationPortal.Engine.Severity.Warning });
    }

    [Fact]
    public void Plan_GroupWiderThanScope_IsNarrowedToWhatLiesInsideIt()
    {
        var pool = Desk()
            .Principal("Everyone", PrincipalType.Group).Principal("FX people", PrincipalType.Group).Affiliate("FX people", "Everyone")
            .Scope("FX", "FX people").Room("Spot", "FX").Member("Spot", "Everyone");

        Assert.Equal([Person("FX people")], pool.Plan().Plan.Rooms.Single().Members);
    }

    [Fact]
    public void Plan_PresenterOfAuditorium_StaysWhenAMember()
    {
        var pool = Desk().Room("Hall", "FX", n => n with { Behavior = "auditorium" }).Member("Hall", "Ines").Presenter("Hall", "Ines").Presenter("Hall", "Tom");

        var result = pool.Plan();

        Assert.Equal([Person("Ines")], result.Plan.Rooms.Single().Presenters);
        Assert.Contains(result.Findings, f => f.RuleId == "P10");
    }

    [Fact]
    public void Plan_PresenterIsMemberThroughAGroup_BecomesMemberByName()
    {
        var pool = Desk().Principal("Staff", PrincipalType.Group).Affiliate("Tom", "Staff")
            .Room("Hall", "FX", n => n with { Behavior = "auditorium" }).Member("Hall", "Staff").Presenter("Hall", "Tom");

        var room = pool.Plan().Plan.Rooms.Single();

        Assert.Equal([Person("Tom")], room.Presenters);
        Assert.Contains(Person("Tom"), room.Members);
    }

    [Fact]
    public void Plan_PresenterInNormalRoom_IsDropped() =>
        Assert.Empty(Desk().Room("Spot", "FX").Member("Spot", "Tom").Presenter("Spot", "Tom").Plan().Plan.Rooms.Single().Presenters);

    [Theory]
    [InlineData(Creators.None, 0)]
    [InlineData(Creators.Managers, 1)]
    [InlineData(Creators.ManagersAndMembers, 2)]
    public void Plan_Creators_FollowTheOption(Creators creators, int count)
    {
        var pool = Desk().Room("Spot", "FX").Manager("Trading", "Tom").Member("FX", "Ines");

        Assert.Equal(count, pool.Plan(new PlanOptions { Creators = creators }).Plan.Categories.Single().Creators.Count);
    }
}
