using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using MigrationPortal.Live;
using MigrationPortal.Presence;
using MigrationPortal.Tests.Shared;
using Xunit.Abstractions;

namespace MigrationPortal.Tests.Presence;

public sealed class PresenceStoreTests
{
    private const string Batch = "batch:12";

    private readonly FakeTimeProvider _time = new();
    private readonly PresenceStore _store;

    private readonly ITestOutputHelper _output;

    public PresenceStoreTests(ITestOutputHelper output) => (_store, _output) = (new(_time, NullLogger<LiveFeed>.Instance), output);

    [Fact]
    public void List_SeveralTabsOfOnePerson_IsOneWithAllThatItEdits()
    {
        _store.Enter("one", Carla(isHidden: true));
        _time.Advance(TimeSpan.FromMinutes(1));
        _store.Enter("two", Carla(PresenceField.Options));
        _store.Enter("two", Carla(PresenceField.Comment) with { Subject = "batch:1" });

        var person = Assert.Single(_store.List(Batch));

        Assert.Equal(("carla", false), (person.Person, person.IsHidden));
        Assert.Equal([PresenceField.Options], person.Editing);
        Assert.Equal(_time.GetUtcNow() - TimeSpan.FromMinutes(1), person.Since);
    }

    [Fact]
    public void SetConnected_LostTwiceAndBackOnce_IsShownAgain()
    {
        var id = _store.Enter("one", Carla());
        _store.TakeChanged();

        _store.SetConnected("one", isConnected: false);
        _store.SetConnected("one", isConnected: false);
        Assert.Empty(_store.List(Batch));
        Assert.Equal(new PresenceChange(id, null), Assert.Single(_store.TakeChanged()));
        Assert.Empty(_store.TakeAll());

        _store.SetConnected("one", isConnected: true);
        Assert.Single(_store.List(Batch));
        Assert.Equal(id, Assert.Single(_store.TakeChanged()).Id);
    }

    [Fact]
    public void Close_Circuit_TakesAllOfItAndNothingElse()
    {
        _store.Enter("one", Carla());
        _store.Enter("one", Carla(PresenceField.Name));
        _store.Enter("two", Omar);

        _store.Close("one");

        Assert.Equal(["omar"], _store.List(Batch).Select(x => x.Person));
        Assert.Empty(_store.List("batch:1"));
    }

    [Fact]
    public void DropSilent_NodeUnheardFor25Seconds_IsGoneAndNotBefore()
    {
        Hear("web2", PresenceKind.Snapshot, (1, Carla()));
        _time.Advance(OtherNodes.LongestSilence);
        _store.DropSilent();
        Assert.Single(_store.List(Batch));

        _time.Advance(TimeSpan.FromMilliseconds(1));
        _store.DropSilent();
        Assert.Empty(_store.List(Batch));
    }

    [Fact]
    public void Take_ChangesAndSnapshots_ShowWhatTheNodeHasNow()
    {
        Hear("web2", PresenceKind.Snapshot, (1, Carla()), (2, Omar));
        Hear("web2", PresenceKind.Changes, (1, null), (3, Carla(PresenceField.Rooms)));
        Hear("web3", PresenceKind.Snapshot, (1, Omar));
        Assert.Equal([PresenceField.Rooms], _store.List(Batch).Single(x => x.Person == "carla").Editing);

        Hear("web2", PresenceKind.Snapshot);
        Assert.Equal(["omar"], _store.List(Batch).Select(x => x.Person));

        Hear("web3", PresenceKind.Bye);
        Assert.Empty(_store.List(Batch));
    }

    [Fact]
    public void Take_SnapshotWithoutItsBeginning_ChangesNothing()
    {
        Hear("web2", PresenceKind.Snapshot, (1, Carla()));

        _store.Take(new("web2", PresenceKind.Snapshot, [new(2, Omar)], IsFirst: false));

        Assert.Equal(["carla"], _store.List(Batch).Select(x => x.Person));
    }

    [Fact]
    public void SetCutOff_LinkIsLost_KeepsOwnPeopleAlone()
    {
        _store.Enter("one", Omar);
        Hear("web2", PresenceKind.Snapshot, (1, Carla()));

        _store.SetCutOff(true);

        Assert.True(_store.IsCutOff);
        Assert.Equal(["omar"], _store.List(Batch).Select(x => x.Person));
    }

    // Two stores; whatever happens in one, the other one shows the same after what it was told, however the snapshots fall.
    [Fact]
    public void Random_EntersLeavesAndCuts_TheOtherNodeShowsTheSame()
    {
        var random = new Random(TestSeed.Draw(_output));
        var other = new PresenceStore(_time, NullLogger<LiveFeed>.Instance);
        List<long> ids = [];
        for (var step = 0; step < 3_000; step++)
        {
            var entry = new PresenceEntry($"person{random.Next(20)}", "Näme", $"batch:{random.Next(4)}", random.Next(3) == 0 ? PresenceField.Name : null, _time.GetUtcNow(), random.Next(4) == 0);
            switch (random.Next(5))
            {
                case 0 or 1: ids.Add(_store.Enter($"circuit{random.Next(10)}", entry)); break;
                case 2 when ids.Count > 0: _store.Leave(ids[random.Next(ids.Count)]); break;
                case 3: _store.SetConnected($"circuit{random.Next(10)}", random.Next(2) == 0); break;
                default: _store.Close($"circuit{random.Next(10)}"); break;
            }

            if (random.Next(3) > 0)
                continue;
            var isAll = random.Next(4) == 0;
            foreach (var payload in PresenceMessage.Write("web1", isAll ? PresenceKind.Snapshot : PresenceKind.Changes, isAll ? _store.TakeAll() : _store.TakeChanged()))
                other.Take(PresenceMessage.Read(payload)!);
            for (var batch = 0; batch < 4; batch++)
                Assert.Equal(Shown(_store, batch), Shown(other, batch));
        }
    }

    private static IEnumerable<string> Shown(PresenceStore store, int batch) =>
        store.List($"batch:{batch}").Select(x => $"{x.Person} {string.Join(',', x.Editing)} {x.IsHidden} {x.Since:O}");

    private void Hear(string node, PresenceKind kind, params (long Id, PresenceEntry? Entry)[] changes)
    {
        foreach (var payload in PresenceMessage.Write(node, kind, [.. changes.Select(x => new PresenceChange(x.Id, x.Entry))]))
            _store.Take(PresenceMessage.Read(payload)!);
    }

    private PresenceEntry Omar => new("omar", "Omar", Batch, null, _time.GetUtcNow(), false);

    private PresenceEntry Carla(PresenceField? editing = null, bool isHidden = false) => new("carla", "Carla", Batch, editing, _time.GetUtcNow(), isHidden);
}
