using Microsoft.Extensions.Localization;
using MigrationPortal.Api;
using MigrationPortal.Engine;
using MigrationPortal.Lists;
using MigrationPortal.Runs;

namespace MigrationPortal.Delta.Warnings;

/// <summary>What a delta warns of as a file: as it was requested, else as it is now.</summary>
internal sealed class WarningsFile(DeltaQueries queries, PlanDeltaHandler plans, IStringLocalizer<ColumnTitles> titles, IStringLocalizer<DeltaTexts> words)
{
    /// <inheritdoc cref="DeltaFile.AnswerAsync"/>
    public async Task<IResult> AnswerAsync(string? format, long batchId, bool isAnew, CancellationToken cancellationToken)
    {
        if (!isAnew && await queries.FindLatestAsync(batchId, cancellationToken) is { State: DeltaState.InReview or DeltaState.Approved } asked)
            return Of(format, batchId, RowsInPages.ReadAsync(x => queries.WarningsAsync(asked.Id, x, cancellationToken)));
        var planned = await plans.HandleAsync(batchId, cancellationToken);
        return planned.IsDone ? Of(format, batchId, (planned.Value.NeedsReview ? planned.Value.Warnings : []).ToAsyncEnumerable()) : planned.Refusal.ToProblem();
    }

    private IResult Of(string? format, long batchId, IAsyncEnumerable<DeltaWarning> warnings) =>
        ListFile.Of(format, $"batch-{RunApi.Id(batchId)}-delta-warnings", words["NewWarnings"], Columns(), warnings);

    private IReadOnlyList<ListColumn<DeltaWarning>> Columns() =>
    [
        new(titles["Rule"], x => x.RuleId),
        new(titles["RoomId"], x => x.RoomId is { } id ? RunApi.Id(id) : null),
        new(titles["Subject"], x => PlainText.Of(FindingSubject.Of(x.RuleId, x.Subject))),
        new(titles["Finding"], x => PlainText.Of(x.Message)),
        new(titles["Evidence"], x => PlainText.Of(x.Evidence)),
    ];
}
