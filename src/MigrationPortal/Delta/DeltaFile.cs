using Microsoft.Extensions.Localization;
using MigrationPortal.Api;
using MigrationPortal.Lists;
using MigrationPortal.Runs;
using MigrationPortal.Verification;

namespace MigrationPortal.Delta;

/// <summary>The changes of rights and settings that a delta would make as a file: those that were requested, else as they are now.</summary>
internal sealed class DeltaFile(
    DeltaQueries queries, PlanDeltaHandler plans, ResultLines values, IStringLocalizer<ColumnTitles> titles, IStringLocalizer<DeltaTexts> words, IStringLocalizer<VerificationTexts> properties)
{
    /// <param name="isAnew">As they are now, whatever was requested.</param>
    public async Task<IResult> AnswerAsync(string? format, long batchId, bool isAnew, CancellationToken cancellationToken)
    {
        if (!isAnew && await queries.FindLatestAsync(batchId, cancellationToken) is { State: DeltaState.InReview or DeltaState.Approved } asked)
            return Of(format, batchId, RowsInPages.ReadAsync(x => queries.ChangesAsync(asked.Id, x, cancellationToken)));
        var planned = await plans.HandleAsync(batchId, cancellationToken);
        return planned.IsDone ? Of(format, batchId, planned.Value.Changes.ToAsyncEnumerable()) : planned.Refusal.ToProblem();
    }

    private IResult Of(string? format, long batchId, IAsyncEnumerable<DeltaChange> changes) => ListFile.Of(format, $"batch-{RunApi.Id(batchId)}-delta", words["Title"], Columns(), changes);

    private IReadOnlyList<ListColumn<DeltaChange>> Columns() =>
    [
        new(titles["Kind"], x => words[$"Kind.{(x.Kind == DeltaChange.SetAside ? "Room" : x.Kind)}"].Value),
        new(titles["Item"], x => x.Subject),
        new(titles["Change"], x => x.Kind == DeltaChange.SetAside ? words["NotInDelta"].Value
            : x.Property is { } property ? properties[$"Property.{property}"].Value : words[x.New is null ? "Removed" : "Added"].Value),
        new(titles["Before"], x => x.Old is { } old ? values.Value(x.Property, old) : null),
        new(titles["After"], x => x.New is { } now ? values.Value(x.Property, now) : null),
    ];
}
