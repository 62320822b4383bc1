using MigrationPortal.Engine.Planning;

namespace MigrationPortal.Tests.Engine.Planning;

public sealed class RoomSettingsTests
{
    [Theory]
    [InlineData(true, true, null, "InviteInherit")]
    [InlineData(true, null, null, "InviteInherit")]
    [InlineData(true, false, false, "InviteOff")]
    [InlineData(false, true, false, "InviteForcedOff")]
    [InlineData(null, true, false, "InviteForcedOff")]
    public void Plan_InvitationsOfCategoryAndRoom_GiveOffOrInherit(bool? category, bool? room, bool? expected, string code)
    {
        var pool = new PoolBuilder().Category("Desk", with: n => n with { Invite = category }).Room("Spot", "Desk", n => n with { Invite = room });

        var planned = pool.Plan().Plan.Rooms.Single();

        Assert.Equal(expected, planned.Invite);
        Assert.Contains(planned.Decisions, d => d.Code == code);
    }

    [Fact]
    public void Plan_CategoryMakesChildrenInherit_HidesTheRoomsOwnValue()
    {
        var pool = new PoolBuilder().Category("Desk", with: n => n with { Invite = true, Inheritance = true }).Room("Spot", "Desk", n => n with { Invite = false });

        var result = pool.Plan();

        Assert.Null(result.Plan.Rooms.Single().Invite);
        Assert.Contains(result.Findings, f => f.RuleId == "MustInheritWins");
    }

    [Theory]
    [InlineData("private", "private")]
    [InlineData("scope", "scope")]
    [InlineData(null, "private")]
    public void Plan_VisibilityOfRoom_IsKeptOrResolvedFromAbove(string? room, string expected)
    {
        var pool = new PoolBuilder().Category("Desk", with: n => n with { Visibility = "private" }).Room("Spot", "Desk", n => n with { Visibility = room });

        Assert.Equal(expected, pool.Plan().Plan.Rooms.Single().Visibility);
    }

    [Fact]
    public void Plan_UnknownVisibility_BlocksInsteadOfGuessing()
    {
        var result = new PoolBuilder().Category("Desk").Room("Spot", "Desk", n => n with { Visibility = "open" }).Plan();

        Assert.Empty(result.Plan.Rooms);
        Assert.Contains(result.Findings, f => f.RuleId == "VisibilityUnknown");
    }

    [Theory]
    [InlineData(TopicRule.Drop, "about", "about")]
    [InlineData(TopicRule.AppendToDescription, "about", "about - today")]
    [InlineData(TopicRule.AppendToDescription, "", "today")]
    public void Plan_Topic_IsDroppedOrAppended(TopicRule rule, string description, string expected)
    {
        var pool = new PoolBuilder().Category("Desk").Room("Spot", "Desk", n => n with { Description = description, Topic = "today" });

        Assert.Equal(expected, pool.Plan(new PlanOptions { Topic = rule }).Plan.Rooms.Single().Description);
    }

    [Fact]
    public void Plan_TopicDoesNotFit_IsDroppedAndSaysSo()
    {
        var pool = new PoolBuilder().Category("Desk").Room("Spot", "Desk", n => n with { Description = new string('d', 250), Topic = "today" });

        var room = pool.Plan(new PlanOptions { Topic = TopicRule.AppendToDescription }).Plan.Rooms.Single();

        Assert.Equal(250, room.Description.Length);
        Assert.Contains(room.Decisions, d => d.Code == "TopicDropped");
    }
}
