using Microsoft.Extensions.Localization;
using MigrationPortal.Lists;
using MigrationPortal.SignIn.People;

namespace MigrationPortal.Rooms.Exporting;

/// <summary>The list of rooms as a file: both sides of each room, and what was decided about it.</summary>
internal sealed class RoomsFile(RoomQueries rooms, PersonNames names, IStringLocalizer<ColumnTitles> titles, IStringLocalizer<RoomTexts> words, IStringLocalizer<Browsing.RoomsPage> page)
{
    /// <param name="format">As it was asked for.</param>
    public IResult Answer(string? format, RoomFilter filter, CancellationToken cancellationToken) => ListFile.Of(
        format,
        $"rooms-{filter.PoolPairId}",
        page["Title"],
        Columns(),
        rooms.StreamAsync(filter, cancellationToken).Select(NamedAsync));

    private IReadOnlyList<ListColumn<RoomRow>> Columns() =>
    [
        new(titles["RoomId"], x => x.Id),
        new(titles["RoomGuid"], x => x.Guid.ToString()),
        new(titles["Comparison"], x => words[$"Comparison{x.Comparison}"].Value),
        new(titles["LegacyCategory"], x => x.Legacy is { Category: { } path } ? CategoryPaths.Display(path) : null),
        new(titles["LegacyRoom"], x => x.Legacy?.Name),
        new(titles["LegacyPrivacy"], x => Word(x.Legacy?.Privacy)),
        new(titles["LegacyType"], x => Word(x.Legacy?.Type)),
        new(titles["LegacyMembers"], x => x.Legacy?.MemberCount),
        new(titles["LegacyManagers"], x => x.Legacy?.ManagerCount),
        new(titles["LegacyMessages"], x => x.Legacy?.MessageCount),
        new(titles["LegacyFirst"], x => x.Legacy?.FirstMessageAt),
        new(titles["LegacyLast"], x => x.Legacy?.LastMessageAt),
        new(titles["NewCategory"], x => x.New?.Category),
        new(titles["NewRoom"], x => x.New?.Name),
        new(titles["NewPrivacy"], x => Word(x.New?.Privacy)),
        new(titles["NewMembers"], x => x.New?.MemberCount),
        new(titles["NewManagers"], x => x.New?.ManagerCount),
        new(titles["NewMessages"], x => x.New?.MessageCount),
        new(titles["NewLast"], x => x.New?.LastMessageAt),
        new(titles["NewSince"], x => x.New is null ? null : x.NewSinceCount),
        new(titles["Differences"], x => string.Join(", ", x.Differences.Select(Property))),
        new(titles["Batch"], x => x.BatchName),
        new(titles["ExcludedBy"], x => x.LeftOut?.By),
        new(titles["ExcludedAt"], x => x.LeftOut?.At),
        new(titles["ExcludedReason"], x => x.LeftOut?.Reason),
        new(titles["AcceptedBy"], x => x.Accepted?.By),
        new(titles["AcceptedAt"], x => x.Accepted?.At),
        new(titles["AcceptedReason"], x => x.Accepted?.Reason),
        new(titles["ConfirmedBy"], x => x.Accepted?.ConfirmedBy),
    ];

    private string? Word(string? value) => value is null ? null : words[$"Value.{value}"] is { ResourceNotFound: false } word ? word.Value : value;

    private string Property(string name) => words[name] is { ResourceNotFound: false } word ? word.Value : name;

    private async ValueTask<RoomRow> NamedAsync(RoomRow row, CancellationToken cancellationToken) => row.LeftOut is null && row.Accepted is null ? row : row with
    {
        LeftOut = await NamedAsync(row.LeftOut, cancellationToken),
        Accepted = await NamedAsync(row.Accepted, cancellationToken),
    };

    private async ValueTask<RoomDecision?> NamedAsync(RoomDecision? decision, CancellationToken cancellationToken) =>
        decision is null ? null : decision with
        {
            By = await names.FindAsync(decision.By, cancellationToken),
            ConfirmedBy = decision.ConfirmedBy is { } second ? await names.FindAsync(second, cancellationToken) : null,
        };
}
