using Microsoft.Extensions.Localization;
using MigrationPortal.SignIn;
using MigrationPortal.Api;
using MigrationPortal.Audit;
using MigrationPortal.Batches;
using MigrationPortal.CutOver;
using MigrationPortal.People;
using MigrationPortal.Inbox;
using MigrationPortal.Rooms;
using MigrationPortal.Runs;
using MigrationPortal.Ui;

namespace MigrationPortal.App;

/// <summary>What the find box offers, ready to read, and where it leads.</summary>
public sealed record Found(string Name, string Kind, string Url);

/// <summary>Pages by name, then batches, rooms and people of one pool pair: a few of each.</summary>
internal sealed class FindQueries(RoomQueries rooms, BatchQueries batches, PeopleQueries people, IStringLocalizer<Frame> texts)
{
    private const int Rooms = 7;
    private const int Others = 4;

    public async Task<IReadOnlyList<Found>> FindAsync(string? pair, string text, CancellationToken cancellationToken)
    {
        var places = Places(pair).Where(x => x.Name.Contains(text, StringComparison.CurrentCultureIgnoreCase));
        if (pair is null)
            return [.. places];

        var foundBatches = await batches.ListAsync(new BatchFilter(pair, null, text), Paging.Of(0, Others), cancellationToken);
        var foundRooms = await rooms.ListAsync(new RoomFilter { PoolPairId = pair, Search = text }, Paging.Of(0, Rooms), cancellationToken);
        var foundPeople = await people.ListAsync(new PeopleFilter(pair, text), Paging.Of(0, Others), cancellationToken);
        return
        [
            .. places,
            .. foundBatches.Items.Select(x => new Found(x.Name, texts["Batches"], Urls.Batch(x.Id, pair: pair))),
            .. foundRooms.Select(x => new Found(x.Name, CategoryPaths.Display(x.Category), Urls.Room(x.Id, null, pair))),
            .. foundPeople.Items.Select(x => new Found(x.Name, texts["People"], Urls.Person(x.Guid, pair: pair))),
        ];
    }

    private IEnumerable<Found> Places(string? pair) =>
    [
        Place("Overview", Urls.Overview(pair)), Place("Inbox", Urls.Inbox(pair)), Place("Rooms", Urls.Rooms(pair)), Place("People", Urls.People(pair)), Place("Batches", Urls.Batches(pair)),
        Place("Runs", Urls.Runs(pair)), Place("CutOver", Urls.CutOver(pair)), Place("Audit", Urls.Audit(pair)), Place("Administration", Urls.Administration(pair: pair)),
    ];

    private Found Place(string key, string url) => new(texts[key], texts["FindPages"], url);
}
