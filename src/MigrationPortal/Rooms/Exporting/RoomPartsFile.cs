using Microsoft.Extensions.Localization;
using MigrationPortal.Lists;
using MigrationPortal.Rooms.Viewing;
using MigrationPortal.SignIn.People;

namespace MigrationPortal.Rooms.Exporting;

/// <summary>The people and the history of one room as files.</summary>
internal sealed class RoomPartsFile(
    RoomPeople people, RoomHistory history, PersonNames names, IStringLocalizer<ColumnTitles> titles, IStringLocalizer<RoomPage> page, IStringLocalizer<ReasonTexts> reasons, IStringLocalizer<EventNames> events)
{
    public IResult People(string? format, RoomView view, CancellationToken cancellationToken) => ListFile.Of(
        format, $"room-{view.Row.Id}-people", page["People"], PeopleColumns(view.Row.New is null), RowsInPages.ReadAsync(x => people.ListAsync(view, x, cancellationToken)));

    public IResult History(string? format, RoomView view, CancellationToken cancellationToken) => ListFile.Of(
        format,
        $"room-{view.Row.Id}-history",
        page["History"],
        HistoryColumns(),
        RowsInPages.ReadAsync(x => history.ListAsync(view, x, cancellationToken)).Select(async (RoomEvent x, CancellationToken token) => x with { By = await names.FindAsync(x.By, token) }));

    private IReadOnlyList<ListColumn<RoomPerson>> PeopleColumns(bool isPlanned) =>
    [
        new(titles["PersonGuid"], x => x.Guid.ToString()),
        new(titles["Person"], x => x.Name),
        new(titles["Kind"], x => page[$"Kind.{x.Kind}"] is { ResourceNotFound: false } kind ? kind.Value : null),
        new(titles["LegacyRights"], x => Rights(x.Legacy)),
        new(titles[isPlanned ? "PlannedRights" : "NewRights"], x => Rights(isPlanned ? x.Planned : x.New)),
        new(titles["Change"], x => page[x.Change].Value),
        new(titles["Reason"], x => string.Join("; ", x.Why.Select(code => reasons[code].Value))),
    ];

    private IReadOnlyList<ListColumn<RoomEvent>> HistoryColumns() =>
    [
        new(titles["Time"], x => x.At),
        new(titles["User"], x => x.By),
        new(titles["Event"], x => events[x.Kind] is { ResourceNotFound: false } name ? name.Value : events["Other"].Value),
        new(titles["Batch"], x => x.BatchName),
        new(titles["Details"], x => x.Detail),
    ];

    private string Rights(IReadOnlyList<string> rights) => string.Join(", ", rights.Select(x => page[$"Right.{x}"] is { ResourceNotFound: false } text ? text.Value : x));
}
