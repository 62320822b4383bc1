using Microsoft.Extensions.Localization;
using MigrationPortal.Batches.Api;
using MigrationPortal.Batches.Viewing;
using MigrationPortal.Batches.Viewing.Plans;
using MigrationPortal.Engine.Planning;
using MigrationPortal.Lists;

namespace MigrationPortal.Batches.Exporting;

/// <summary>Who gains and who loses rights by a batch, as a file.</summary>
internal sealed class RightsFile(RightChangeQueries rights, IStringLocalizer<ColumnTitles> titles, IStringLocalizer<PlanTexts> words, IStringLocalizer<PlanReasonTexts> reasons)
{
    /// <param name="gains">Null: both.</param>
    public IResult Answer(string? format, long batchId, bool? gains, CancellationToken cancellationToken) =>
        ListFile.Of(format, $"batch-{Ids.Text(batchId)}-rights", words["Rights"], Columns(), rights.StreamAsync(batchId, gains, cancellationToken));

    private IReadOnlyList<ListColumn<RightChange>> Columns() =>
    [
        new(titles["PersonGuid"], x => x.Principal.ToString()),
        new(titles["Person"], x => x.Person),
        new(titles["Change"], x => words[x.IsGain ? "Gains" : "Loses"].Value),
        new(titles["Right"], x => words[$"Right.{x.Right}"].Value),
        new(titles["Place"], x => x.Subject),
        new(titles["RoomGuid"], x => x.Room?.ToString()),
        new(titles["Reason"], x => PlanValues.Reason(reasons, x.Cause)),
    ];
}
