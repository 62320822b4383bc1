using MigrationPortal.Engine;
using MigrationPortal.Engine.Planning;
using MigrationPortal.Engine.Preflight;
using MigrationPortal.Tests.Engine.Planning;
using MigrationPortal.Tests.Shared;
using Xunit.Abstractions;

namespace MigrationPortal.Tests.Engine.Properties;

/// <summary>Names of anything that UTF-16 holds: sentences stay sentences, and every blocker about a name has a way out in the batch.</summary>
public sealed class NamePropertyTests(ITestOutputHelper output)
{
    private static readonly string[] _pieces =
        ["A", "B", " - ", "a", " ", "", "\u202E", "\u2066", "\u2068", "\u2069", "\n", "\u200B", "\u0000", "שלום", "عربي", "\uD83D", "\uDE00", "😀", "é", "e\u0301", "%", "/", "(history off)"];

    [Fact]
    public void InSentence_RandomNames_CannotTurnWhatFollows()
    {
        var random = new Random(TestSeed.Draw(output));
        for (var i = 0; i < 20_000; i++)
        {
            var name = string.Concat(random.GetItems(_pieces, random.Next(8)));
            var shown = new Wording("Obstacle.RoomChanged", name).ToString();
            var depth = 0;
            foreach (var c in shown)
            {
                Assert.True(c is not (>= '\u202A' and <= '\u202E' or '\u2066' or '\u2067' or '\n' or '\0' or '\u200B') , $"{i}: {Escaped(shown)}");
                depth += c == '\u2068' ? 1 : c == '\u2069' ? -1 : 0;
                Assert.True(depth >= 0, $"{i}: {Escaped(shown)}");
                Assert.True(depth > 0 || c is not (>= '\u0590' and <= '\u08FF'), $"{i}: {Escaped(shown)}");
            }

            Assert.Equal(0, depth);
            Assert.DoesNotContain(DisplayText.Visible(name), c => char.IsControl(c) || c is >= '\u202A' and <= '\u202E' or '\u200B');
        }
    }

    [Fact]
    public void Plan_RandomNamesThatBlock_AreFreeOfBlockersOnceNamedAnew()
    {
        var random = new Random(TestSeed.Draw(output));
        for (var round = 0; round < 150; round++)
        {
            var pool = Pool(random);
            var all = pool.Nodes.Where(x => !x.IsCategory).Select(x => x.Guid).ToHashSet();
            var names = new Dictionary<Guid, string>();
            PlanResult Plan() => Planner.Plan(new PlanRequest(pool, new PoolBuilder().Build(), all, new PlanOptions { OverLongName = (OverLongName)random.Next(2) }, names, new HashSet<Guid>()));

            var before = Plan();
            foreach (var room in before.Plan.Rooms)
                names[room.Guid] = $"room {names.Count}";
            foreach (var category in before.Plan.Categories)
                names[category.Guid] = $"category {names.Count}";

            Assert.Equal([], Plan().Findings.Where(x => x.RuleId is "P02" or "P03" or "P04").Select(x => $"round {round}: {x.Message}"));
            Assert.All(before.Plan.Rooms.Where(x => !DisplayText.HasVisible(x.Name) || x.Name.Any(char.IsControl)), x =>
                Assert.Contains(before.Findings, f => f is { RuleId: "P02", Severity: Severity.Blocker } && f.Room == x.Guid));
            Assert.All(before.Plan.Categories.Where(x => !DisplayText.HasVisible(x.Name)), x =>
                Assert.All(before.Plan.Rooms.Where(r => r.Category == x.Guid), r => Assert.Contains(before.Findings, f => f is { RuleId: "P02", Severity: Severity.Blocker } && f.Room == r.Guid)));
        }
    }

    private static ChatPool Pool(Random random)
    {
        var root = new PoolBuilder().Build();
        var nodes = new List<ChatNode>(root.Nodes);
        for (var i = 0; i < 14; i++)
        {
            var isCategory = i < 6;
            var parents = nodes.Where(x => x.IsCategory && (isCategory || x.NodeId != PoolBuilder.RootId)).ToList();
            nodes.Add(new ChatNode
            {
                NodeId = 10 + i, ParentId = parents[random.Next(parents.Count)].NodeId, Guid = PoolBuilder.Guids($"{i}"), IsCategory = isCategory, Visibility = "scope",
                Name = string.Concat(random.GetItems(_pieces, random.Next(4))), Logged = isCategory ? null : random.Next(3) == 0 ? false : null,
                ScopeDefinerId = PoolBuilder.RootId, RoleDefinerId = PoolBuilder.RootId, AddedBy = 1, UpdatedBy = 1,
            });
        }

        return root with { Nodes = nodes };
    }

    private static string Escaped(string text) => string.Concat(text.Select(c => c < 127 && c >= ' ' ? c.ToString() : $"\\u{(int)c:X4}"));
}
