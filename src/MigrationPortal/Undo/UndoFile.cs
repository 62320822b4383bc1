using Microsoft.Extensions.Localization;
using MigrationPortal.Api;
using MigrationPortal.Lists;
using MigrationPortal.Runs;

namespace MigrationPortal.Undo;

/// <summary>What an undo deletes, or keeps, as a file: as it was requested, else as it is now.</summary>
internal sealed class UndoFile(UndoQueries queries, ReadUndoList lists, IStringLocalizer<ColumnTitles> titles, IStringLocalizer<UndoTexts> words)
{
    public async Task<IResult> AnswerAsync(string? format, long batchId, UndoLineKind kind, CancellationToken cancellationToken)
    {
        if (await queries.FindLatestAsync(batchId, cancellationToken) is { State: UndoState.InReview or UndoState.Approved } asked)
            return Of(format, batchId, kind, RowsInPages.ReadAsync(x => queries.LinesAsync(asked.Id, kind, x, cancellationToken)));
        var read = await lists.HandleAsync(batchId, cancellationToken);
        return read.IsDone ? Of(format, batchId, kind, (kind == UndoLineKind.Room ? read.Value.List.Rooms : read.Value.List.Kept).ToAsyncEnumerable()) : read.Refusal.ToProblem();
    }

    private IResult Of(string? format, long batchId, UndoLineKind kind, IAsyncEnumerable<UndoLine> lines) => kind == UndoLineKind.Room
        ? ListFile.Of(format, $"batch-{RunApi.Id(batchId)}-undo-rooms", words["RoomsTitle"], RoomColumns(), lines)
        : ListFile.Of(format, $"batch-{RunApi.Id(batchId)}-undo-kept", words["KeptTitle"], KeptColumns(), lines);

    private IReadOnlyList<ListColumn<UndoLine>> RoomColumns() =>
    [
        new(titles["NewRoom"], x => x.Subject),
        new(titles["Messages"], x => x.Messages),
        new(titles["People"], x => x.People),
        new(titles["Files"], x => x.Files),
        new(titles["FileBytes"], x => x.FileBytes),
    ];

    private IReadOnlyList<ListColumn<UndoLine>> KeptColumns() =>
    [
        new(titles["Kind"], x => words[$"Sum.{x.What}"].Value),
        new(titles["Item"], x => x.Subject),
        new(titles["Reason"], x => x.NeededBy is { } batch ? PlainText.Of(words["NeededByBatch", batch].Value) : words[x.What == "Files" ? "KeptFiles" : "NeededByOther"].Value),
    ];
}
