using MigrationPortal.Engine;
using MigrationPortal.Engine.Planning;

namespace MigrationPortal.Tests.Engine.Planning;

public sealed class CategoryPartsTests
{
    [Fact]
    public void Plan_RoomWithHistoryOff_GetsACategoryOfItsOwnWithAStableGuid()
    {
        var pool = new PoolBuilder().Category("Desk").Room("Spot", "Desk").Room("Secret", "Desk", n => n with { Logged = false });

        var categories = pool.Plan().Plan.Categories;

        Assert.Equal(["Desk", "Desk (history off)"], categories.Select(c => c.Name));
        Assert.Equal(PoolBuilder.Guids("node Desk"), categories[0].Guid);
        Assert.Equal(categories[1].Guid, pool.Plan("Secret").Plan.Categories.Single().Guid);
        Assert.False(categories[1].Logged);
    }

    [Fact]
    public void Plan_TwoThingsDiffer_SuffixesStandInOrder()
    {
        var pool = new PoolBuilder().Category("Desk").Room("Spot", "Desk", n => n with { Logged = false, FilePost = false });

        Assert.Equal("Desk (history off) (no files)", pool.Plan().Plan.Categories.Single().Name);
    }

    [Fact]
    public void Plan_CategoryValue_ChangesTheRoomAndWarns()
    {
        var pool = new PoolBuilder().Category("Desk").Room("Secret", "Desk", n => n with { Logged = false });

        var result = pool.Plan(new PlanOptions { MixedFlags = MixedFlags.CategoryValue });

        Assert.True(result.Plan.Categories.Single().Logged);
        Assert.Contains(result.Findings, f => f is { RuleId: "P08", Room: not null } && f.Message.Contains("chat history: off → on", StringComparison.Ordinal));
    }

    [Fact]
    public void Plan_CategoriesWithDifferentScopes_AreNeverMerged()
    {
        var pool = new PoolBuilder()
            .Principal("Wall street", PrincipalType.Folder, "OU=Wall,DC=contoso,DC=com")
            .Category("A").Category("B", "A").Scope("B", "Wall street").Room("a", "A").Room("b", "B");

        var categories = pool.Plan().Plan.Categories;

        Assert.Equal([PoolBuilder.Guids("principal contoso.com")], categories.Single(c => c.Name == "A").Scope);
        Assert.Equal([PoolBuilder.Guids("principal Wall street")], categories.Single(c => c.Name == "A - B").Scope);
    }

    [Fact]
    public void Plan_RoomWithAnotherScopeThanItsCategory_IsSplitOffAndWarned()
    {
        var pool = new PoolBuilder()
            .Principal("Wall street", PrincipalType.Folder, "OU=Wall,DC=contoso,DC=com")
            .Category("A").Scope("A", "Wall street").Room("a", "A").Room("wide", "A", n => n with { ScopeDefinerId = PoolBuilder.RootId });

        var result = pool.Plan();

        Assert.Equal(2, result.Plan.Categories.Count);
        Assert.Contains(result.Plan.Categories, c => c.Name.StartsWith("A (scope ", StringComparison.Ordinal));
        Assert.Contains(result.Findings, f => f.RuleId == "ScopeSplit");
    }

    [Fact]
    public void Plan_TwoNodesDefineEqualScopes_BothAreTheFirstOnes_WhicheverRoomIsPlanned()
    {
        var pool = new PoolBuilder().Principal("Ines").Category("A").Scope("A", "Ines").Category("B").Scope("B", "Ines").Room("a", "A").Room("b", "B");

        Assert.All(pool.Plan().Plan.Categories, c => Assert.Equal("A", c.LegacyScope!.Name));
        Assert.Equal("A", pool.Plan("b").Plan.Categories.Single().LegacyScope!.Name);
    }

    [Fact]
    public void Plan_ScopeOfNobody_HasNoDefiner()
    {
        var pool = new PoolBuilder().Category("A", with: n => n with { ScopeDefinerId = n.NodeId }).Room("a", "A", n => n with { ScopeDefinerId = n.ParentId });

        Assert.Null(pool.Plan().Plan.Categories.Single().LegacyScope);
    }

    [Fact]
    public void UuidV5_DnsExampleOfTheStandard_IsMet() => Assert.Equal(
        Guid.Parse("2ed6657d-e927-568b-95e1-2665a8aea6a2"),
        Hashes.UuidV5(Guid.Parse("6ba7b810-9dad-11d1-80b4-00c04fd430c8"), "www.example.com"));
}
