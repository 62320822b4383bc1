using Microsoft.Extensions.Localization;
using MigrationPortal.Lists;
using MigrationPortal.Rooms;
using MigrationPortal.Rooms.Viewing;

namespace MigrationPortal.Files;

/// <summary>The files of a room as a file.</summary>
internal sealed class RoomFilesFile(RoomFileQueries files, IStringLocalizer<ColumnTitles> titles, IStringLocalizer<RoomPage> page, IStringLocalizer<FileStateTexts> states)
{
    public IResult Answer(string? format, RoomView view, CancellationToken cancellationToken) =>
        ListFile.Of(format, $"room-{view.Row.Id}-files", page["Files"], Columns(), RowsInPages.ReadAsync(x => files.ListAsync(view, x, cancellationToken)));

    private IReadOnlyList<ListColumn<RoomFile>> Columns() =>
    [
        new(titles["File"], x => x.Name),
        new(titles["Links"], x => x.Links),
        new(titles["LegacySize"], x => x.LegacyBytes),
        new(titles["Modified"], x => x.LegacyModifiedAt),
        new(titles["NewSize"], x => x.NewBytes),
        new(titles["State"], x => states[x.State].Value),
    ];
}
