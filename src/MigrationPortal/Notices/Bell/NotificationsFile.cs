using Microsoft.Extensions.Localization;
using MigrationPortal.Api;
using MigrationPortal.Lists;

namespace MigrationPortal.Notices.Bell;

/// <summary>What a person was told as a file, newest first.</summary>
internal sealed class NotificationsFile(NotificationQueries notifications, IStringLocalizer<ColumnTitles> titles, IStringLocalizer<NoticeTexts> words)
{
    public IResult Answer(string? format, Caller caller, bool onlyUnread, CancellationToken cancellationToken) =>
        ListFile.Of(format, "notifications", words["Title"], Columns(), RowsInPages.ReadAsync(x => ReadAsync(caller, onlyUnread, x, cancellationToken)));

    private async Task<Page<NotificationRow>> ReadAsync(Caller caller, bool onlyUnread, Paging paging, CancellationToken cancellationToken)
    {
        var view = await notifications.ListAsync(caller, onlyUnread, paging, cancellationToken);
        return new(view.Total, view.Items);
    }

    private IReadOnlyList<ListColumn<NotificationRow>> Columns() =>
    [
        new(titles["Time"], x => x.At),
        new(titles["Subject"], x => x.Title),
        new(titles["Event"], x => PlainText.Of(x.Sentence)),
        new(titles["Details"], x => PlainText.Of(x.Detail)),
        new(titles["ReadAt"], x => x.ReadAt),
    ];
}
