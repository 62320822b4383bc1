using MigrationPortal.Access;
using MigrationPortal.Engine;
using MigrationPortal.Rooms.Scanning;
using MigrationPortal.Tests.Shared;
using Xunit.Abstractions;

namespace MigrationPortal.Tests.Access;

public sealed class CategoryPathsTests(ITestOutputHelper output)
{
    private static readonly string[] _pieces = ["Trading", "Secret", " / ", "/", @"\", @"\/", ",", " ", "#", "+", "\u200B", "a", ""];

    [Fact]
    public void Path_OfEveryCategoryOfRandomTrees_NamesOneNodeAndReachesWhatIsBelowIt()
    {
        var random = new Random(TestSeed.Draw(output));
        for (var round = 0; round < 200; round++)
        {
            var nodes = Tree(random);
            var view = new PoolView(new ChatPool { Nodes = nodes, Principals = [], Affiliations = [], Roles = [], Scopes = [], AddIns = [], Messages = [] });
            foreach (var bound in nodes.Skip(1))
            {
                foreach (var place in nodes.Skip(1))
                {
                    var expected = IsAtOrBelow(nodes, place, bound);
                    Assert.True(CategoryPaths.IsAtOrBelow(view.Path(place), view.Path(bound)) == expected, $"round {round}: “{view.Path(place)}” in “{view.Path(bound)}” is not {expected}");
                }

                Assert.Equal([view.Path(bound)], CategoryPaths.List(view.Path(bound)).Select(x => x.Trim() == view.Path(bound).Trim() ? view.Path(bound) : x));
            }
        }
    }

    [Theory]
    [InlineData("Trading", "Trading")]
    [InlineData(@"Trading \/ Secret", "Trading / Secret")]
    [InlineData(@"Trading / a\\b", @"Trading / a\b")]
    [InlineData(@"Trading\#3fa2bc01", "Trading #3fa2bc01")]
    public void Display_OfAPath_IsAsPeopleReadIt(string path, string expected) => Assert.Equal(expected, CategoryPaths.Display(path));

    [Fact]
    public void List_CommaInAName_IsPartOfIt() => Assert.Equal([@"a\, b", "c"], CategoryPaths.List(@"a\, b, c,"));

    private static List<ChatNode> Tree(Random random)
    {
        var nodes = new List<ChatNode> { new() { NodeId = 1, ParentId = 1, Guid = Guid.NewGuid(), IsCategory = true, Name = "root" } };
        for (var id = 2; id < 10; id++)
        {
            var name = string.Concat(random.GetItems(_pieces, random.Next(4)));
            nodes.Add(new ChatNode { NodeId = id, ParentId = nodes[random.Next(nodes.Count)].NodeId, Guid = Guid.NewGuid(), IsCategory = true, Name = name });
        }

        return nodes;
    }

    private static bool IsAtOrBelow(List<ChatNode> nodes, ChatNode place, ChatNode bound)
    {
        for (var at = place; ; at = nodes.Single(x => x.NodeId == at.ParentId))
        {
            if (at.NodeId == bound.NodeId)
                return true;
            if (at.NodeId == at.ParentId)
                return false;
        }
    }
}
