using System.Globalization;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Planning;
using MigrationPortal.Engine.Preflight;
using MigrationPortal.Engine.Reading;
using MigrationPortal.Engine.Verification;
using MigrationPortal.Tests.Engine.Properties;
using MigrationPortal.Tests.Shared;
using Xunit.Abstractions;

namespace MigrationPortal.Tests.Engine.Delta;

/// <summary>Random pools that change at random between runs: after the last delta the new pool is what a naive migration makes of the legacy pool as it is then.</summary>
public sealed class DeltaPropertyTests(ITestOutputHelper output)
{
    private const int Deltas = 3;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task RunAndDeltas_RandomPoolThatChanges_EqualTheNaiveMigrationAtTheEnd(int round)
    {
        var seed = TestSeed.Draw(output, round);
        var random = new Random(seed);
        await using var legacy = await TestDatabase.CreateLegacyAsync();
        await legacy.WriteLegacyAsync(RandomPools.Make(random));
        await using var target = await TestDatabase.CreateNewAsync();
        var (from, to) = (legacy.AsChat(ChatProduct.LyncGroupChat2010), target.AsChat(ChatProduct.LyncPersistentChat2013));
        // Held back at random now, they turn up late.
        await legacy.ExecuteAsync($"create table held_back as select * from tblChat where (chatId * 7919 + channelId * 31 + {random.Next(1000)}) % 4 = 0; delete from tblChat c using held_back h where h.channelId = c.channelId and h.chatId = c.chatId");
        var before = await ReadAsync(to);
        // Names never collide, but a scope or a tree that breaks blocks a room: those that could not move at any time are left out.
        var states = Enumerable.Range(0, Deltas).Select(x => Change(random, x)).ToList();
        var rooms = await MovableAsync(legacy, states);
        Assert.True(rooms.Count > 5, $"seed {seed}: only {rooms.Count} rooms could move.");

        var journal = new MemoryJournal();
        await WholeRun.RunAsync(from, to, Plan(await ReadAsync(from), before, rooms), journal, DeltaRun.Small);
        MigrationPlan last = null!;
        foreach (var change in states)
        {
            await legacy.ExecuteAsync(change);
            last = (await DeltaRun.PlanAsync(from, to, rooms, journal)).Plan;
            var (ids, answers) = await DeltaRun.RunAsync(from, to, last, journal);
            foreach (var room in last.Rooms)
            {
                Assert.True(answers[room.Guid].IsDone, $"seed {seed}: {answers[room.Guid].Refusal?.Message}");
                var proof = ChatWorld.Done(await RoomVerifier.VerifyAsync(from, to, room, last, ids, CancellationToken.None));
                Assert.True(proof.Grade is Grade.Perfect or Grade.Good, $"seed {seed}, {room.Name}: {string.Join(", ", proof.Rules.Where(x => !x.Holds))} {string.Join(", ", proof.Settings.Where(x => x.ByRule is null))}");
            }
        }

        var expected = new NaiveMigration(await ReadAsync(from), rooms).Run();
        var found = MigratedPool.Of(await ReadAsync(to), before);
        // People and categories that nobody needs any more stay: they are shared, and taken away by an undo only.
        var differences = expected.Where(x => found.GetValueOrDefault(x.Key) != x.Value && !(x.Key.StartsWith("person", StringComparison.Ordinal) && found.ContainsKey(x.Key)))
            .Select(x => $"{x.Key}\n  expected {x.Value}\n  found    {found.GetValueOrDefault(x.Key)}").ToList();
        Assert.True(differences.Count == 0, $"seed {seed}\n{string.Join('\n', differences.Take(5))}");
        Assert.Equal(expected.Keys.Count(x => x.StartsWith("room", StringComparison.Ordinal)), found.Keys.Count(x => x.StartsWith("room", StringComparison.Ordinal)));
    }

    /// <summary>The same text always does the same: what is chosen is chosen by numbers in it.</summary>
    private static string Change(Random random, int step)
    {
        var salt = random.Next(100_000);
        return $"""
            insert into tblChat select * from held_back where (chatId + channelId + {salt}) % {Deltas - step} = 0;
            delete from held_back where (chatId + channelId + {salt}) % {Deltas - step} = 0;
            insert into tblChat select nodeID, (select coalesce(max(lastChatID), 0) from tblLastChatId l where l.nodeID = n.nodeID) + g, 638000000000000000 + g, 6 + (nodeID + g + {salt}) % 17, false, 'step {step} ' || g
                from tblNode n, generate_series(1, 30) g where not nodeType and (nodeID + {salt}) % 3 = 0
                and exists (select from tblPrincipal join tblPrincipalType on ptypeID = prinTypeID where prinID = 6 + (nodeID + g + {salt}) % 17 and ptypeDesc = 'User');
            update tblLastChatId l set lastChatID = greatest(lastChatID, (select max(chatId) from tblChat c where c.channelId = l.nodeID));
            delete from tblPrincipalRole where (prinRoleNodeID * 13 + prinRolePrinID * 7 + {salt}) % 9 = 0;
            insert into tblPrincipalRole select nodeID, 6 + (nodeID * 5 + {salt}) % 17, rtypeID, 1, null, null from tblNode, tblRoleType
                where rtypeDesc in ('Member', 'Manager') and nodeID > 1 and (nodeID + {salt}) % 4 = 0 on conflict do nothing;
            update tblNode set nodeName = nodeName || '{step}' where nodeID > 1 and (nodeID + {salt}) % 7 = 0;
            update tblNode set nodeDesc = 'changed at {step}' where nodeID > 1 and (nodeID + {salt}) % 5 = 0;
            update tblNode set disabled = not disabled where not nodeType and (nodeID + {salt}) % 11 = 0;
            update tblNode set logged = (nodeID + {salt}) % 2 = 0 where nodeID > 1 and (nodeID + {salt}) % 6 = 0;
            """;
    }

    private static async Task<IReadOnlySet<Guid>> MovableAsync(TestDatabase legacy, IReadOnlyList<string> states)
    {
        await using var target = await TestDatabase.CreateNewAsync();
        await using var copy = await legacy.CopyAsync();
        var empty = await ReadAsync(target.AsChat(ChatProduct.LyncPersistentChat2013));
        var rooms = (await ReadAsync(copy.AsChat(ChatProduct.LyncGroupChat2010))).Nodes.Where(x => !x.IsCategory).Select(x => x.Guid).ToHashSet();
        foreach (var state in states.Prepend("select 1"))
        {
            await copy.ExecuteAsync(state);
            var pool = await ReadAsync(copy.AsChat(ChatProduct.LyncGroupChat2010));
            rooms.ExceptWith(Planner.Plan(new PlanRequest(pool, empty, rooms, new PlanOptions(), new Dictionary<Guid, string>(), new HashSet<Guid>()))
                .Findings.Where(x => x.Severity == Severity.Blocker).Select(x => x.Room!.Value));
        }
        return rooms;
    }

    private static MigrationPlan Plan(ChatPool from, ChatPool to, IReadOnlySet<Guid> rooms) =>
        Planner.Plan(new PlanRequest(from, to, rooms, new PlanOptions(), new Dictionary<Guid, string>(), new HashSet<Guid>())).Plan;

    private static async Task<ChatPool> ReadAsync(ChatDatabase database) => ChatWorld.Done(await ChatPoolReader.ReadAsync(database, null, CancellationToken.None));
}
