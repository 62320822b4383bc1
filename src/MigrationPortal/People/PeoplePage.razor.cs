using Microsoft.AspNetCore.Components;
using MigrationPortal.Api;
using MigrationPortal.Lists;
using MigrationPortal.Live;
using MigrationPortal.PoolPairs;

namespace MigrationPortal.People;

public sealed partial class PeoplePage
{
    private PeopleCounts? _counts;
    private IReadOnlyDictionary<Guid, long> _rooms = new Dictionary<Guid, long>();

    [Inject] internal PeopleQueries Queries { get; set; } = null!;

    [Inject] internal CurrentPair CurrentPair { get; set; } = null!;

    private ChosenColumns Columns => ChosenColumns.Of(Address.List, ("address", L["Address"]), ("kind", L["Kind"]), ("pools", L["Pools"]), ("rooms", L["Rooms"]));

    protected override bool Follows(string topic) => LiveFeed.IsOf(topic, "pair", Pair);

    protected override PeopleAddress Read(Uri address) => PeopleAddress.Of(address);

    protected override PeopleAddress WithoutRow(PeopleAddress address) => address with { Person = null };

    protected override async Task<string?> FindPairAsync() => (await CurrentPair.FindAsync(Gone))?.Id;

    protected override string Unknown(string pair) => L["NoPair", pair];

    protected override object KeyOf(PersonRow row) => row.Guid;

    protected override async Task<Page<PersonRow>> ListAsync(PeopleAddress address, string? pair, CancellationToken cancellationToken) =>
        pair is null ? new(0, []) : await Queries.ListAsync(address.ToFilter(pair), Paging.Of(address.Skip, address.List.Take), cancellationToken);

    protected override async Task ReadBesideAsync(PeopleAddress address, IReadOnlyList<PersonRow> rows, CancellationToken cancellationToken)
    {
        if (Pair is not { } pair)
            return;
        _rooms = await Queries.CountRoomsAsync(pair, [.. rows.Select(x => x.Guid)], cancellationToken);
        _counts = await Queries.CountAsync(address.ToFilter(pair), cancellationToken);
    }

    private void Move(Guid person) => Go(Address with { Person = person });
}
