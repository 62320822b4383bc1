using System.Runtime.CompilerServices;
using Microsoft.Extensions.Localization;
using MigrationPortal.Lists;
using MigrationPortal.Runs.Viewing;
using MigrationPortal.SignIn.People;

namespace MigrationPortal.Runs.Exporting;

/// <summary>The list of runs as a file.</summary>
internal sealed class RunsFile(RunQueries runs, PersonNames names, IStringLocalizer<ColumnTitles> titles, IStringLocalizer<RunTexts> words)
{
    // Sums are read for so many runs at once.
    private const int Part = 200;

    public IResult Answer(string? format, string? poolPairId, long? batchId, CancellationToken cancellationToken) => ListFile.Of(
        format,
        batchId is { } id ? $"batch-{RunApi.Id(id)}-runs" : poolPairId is { } pair ? $"runs-{pair}" : "runs",
        words["Runs"],
        Columns(),
        runs.StreamAsync(poolPairId, batchId, cancellationToken).Chunk(Part).SelectMany(part => SummedAsync(part, cancellationToken)));

    private async IAsyncEnumerable<SummedRun> SummedAsync(RunView[] part, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var totals = await runs.SumAsync([.. part.Select(x => x.Id)], cancellationToken);
        foreach (var run in part)
            yield return new(run, totals.GetValueOrDefault(run.Id) ?? RunTotals.None, await names.FindAsync(run.StartedBy, cancellationToken));
    }

    private IReadOnlyList<ListColumn<SummedRun>> Columns() =>
    [
        new(titles["RunId"], x => RunApi.Id(x.Run.Id)),
        new(titles["Batch"], x => x.Run.BatchName),
        new(titles["PoolPair"], x => x.Run.PoolPairId),
        new(titles["Run"], x => PlainText.Of(RunName.Text(words, x.Run.Number, x.Run.Kind))),
        new(titles["State"], x => words[$"State.{x.Run.State}"].Value),
        new(titles["Rooms"], x => x.Totals.Rooms),
        new(titles["RoomsVerified"], x => x.Totals.Proven),
        new(titles["RoomsFailed"], x => x.Totals.Failed),
        new(titles["Copied"], x => x.Totals.CopiedMessageCount),
        new(titles["ToCopy"], x => x.Totals.TotalMessageCount),
        new(titles["Started"], x => x.Run.StartedAt),
        new(titles["Finished"], x => x.Run.FinishedAt),
        new(titles["User"], x => x.StartedBy),
        new(titles["Error"], x => PlainText.Of(x.Run.Error)),
    ];

    private sealed record SummedRun(RunView Run, RunTotals Totals, string StartedBy);
}
