using MigrationPortal.Engine;

namespace MigrationPortal.Tests.Engine.Planning;

/// <summary>Which category is the root, and why a room has no way to it.</summary>
public sealed class LegacyTreeTests
{
    private static PoolBuilder Pool() => new PoolBuilder().Principal("Ines").Category("Desk").Room("Spot", "Desk").Member("Spot", "Ines");

    [Fact]
    public void Root_WithoutAParent_IsTheRoot() =>
        Assert.Empty(Pool().Change("root", n => n with { ParentId = null }).Plan().Findings);

    [Fact]
    public void Root_WithoutAParentUnderAnotherNumber_IsTheRoot()
    {
        var result = new PoolBuilder().Change("root", n => n with { ParentId = null }).Principal("Ines").Category("Desk").Room("Spot", "Desk").Member("Spot", "Ines").Plan();

        Assert.Equal("Desk", Assert.Single(result.Plan.Categories).Name);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Root_SecondCategoryWithoutAParent_BlocksWhatIsBelowItWithItsName(bool isItsOwnParent)
    {
        var pool = Pool().Category("Lost").Room("Far", "Lost");
        var findings = pool.Change("Lost", n => n with { ParentId = isItsOwnParent ? n.NodeId : null }).Plan().Findings;

        var finding = Assert.Single(findings, f => f.Severity == Severity.Blocker);
        Assert.Equal(("TreeBroken", "Far"), (finding.RuleId, finding.Subject));
        Assert.Contains("“Lost” (nodeID 13), a second category without a parent", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Root_ThatNobodyCanTell_IsOneSentenceForThePool()
    {
        var finding = Assert.Single(Pool().Change("root", n => n with { ParentId = 4711 }).Plan().Findings, f => f.Severity == Severity.Blocker);

        Assert.Equal(("NoRoot", null), (finding.RuleId, finding.Room));
    }

    [Fact]
    public void Path_ParentIsMissing_SaysWhich() =>
        Assert.Contains("parentID 4711) is not in tblNode", Assert.Single(Pool().Change("Desk", n => n with { ParentId = 4711 }).Plan().Findings, f => f.RuleId == "TreeBroken").Message, StringComparison.Ordinal);

    [Fact]
    public void Path_ParentIsARoom_SaysWhich()
    {
        var pool = Pool().Room("Other", "Desk");
        var other = pool.IdOf("Other");

        Assert.Contains("is “Other” (nodeID 13), which is not a category", Assert.Single(pool.Change("Spot", n => n with { ParentId = other }).Plan().Findings, f => f.RuleId == "TreeBroken").Message, StringComparison.Ordinal);
    }
}
