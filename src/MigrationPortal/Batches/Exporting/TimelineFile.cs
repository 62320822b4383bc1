using Microsoft.Extensions.Localization;
using MigrationPortal.Batches.Api;
using MigrationPortal.Batches.Viewing;
using MigrationPortal.Batches.Viewing.Histories;
using MigrationPortal.Lists;
using MigrationPortal.SignIn.People;

namespace MigrationPortal.Batches.Exporting;

/// <summary>The history of a batch as a file, newest first.</summary>
internal sealed class TimelineFile(TimelineQueries timeline, PersonNames names, IStringLocalizer<ColumnTitles> titles, IStringLocalizer<HistoryTexts> words, IStringLocalizer<BatchStateTexts> states)
{
    public IResult Answer(string? format, long batchId, CancellationToken cancellationToken) => ListFile.Of(
        format,
        $"batch-{Ids.Text(batchId)}-history",
        words["Title"],
        Columns(),
        RowsInPages.ReadAsync(x => timeline.EventsAsync(batchId, x, cancellationToken)).Select(async (BatchEvent x, CancellationToken token) => new Told(x, await names.FindAsync(x.By, token), await EventSentences.OfAsync(names, x, token))));

    private IReadOnlyList<ListColumn<Told>> Columns() =>
    [
        new(titles["Time"], x => x.Happened.At),
        new(titles["User"], x => x.By),
        new(titles["Event"], x => PlainText.Of(x.Sentence)),
        new(titles["State"], x => x.Happened.To is { } to ? states[to.ToString()].Value : null),
        new(titles["Details"], x => PlainText.Of(x.Happened.Detail)),
    ];

    private sealed record Told(BatchEvent Happened, string By, string Sentence);
}
