using Microsoft.Extensions.Localization;
using MigrationPortal.Batches.Api;
using MigrationPortal.Batches.Viewing;
using MigrationPortal.Batches.Viewing.BatchOptions;
using MigrationPortal.Lists;

namespace MigrationPortal.Batches.Exporting;

/// <summary>The categories of a batch's plan, and what they will be called, as a file.</summary>
internal sealed class CategoriesFile(BatchCategoryQueries categories, IStringLocalizer<ColumnTitles> titles, IStringLocalizer<BatchOptionTexts> words, IStringLocalizer<ListTexts> texts)
{
    public IResult Answer(string? format, long batchId, long planId, CancellationToken cancellationToken) => ListFile.Of(
        format, $"batch-{Ids.Text(batchId)}-categories", words["Categories"], Columns(), categories.StreamAsync(batchId, planId, cancellationToken));

    private IReadOnlyList<ListColumn<BatchCategoryRow>> Columns() =>
    [
        new(titles["CategoryGuid"], x => x.Guid.ToString()),
        new(titles["LegacyCategory"], x => x.LegacyName),
        new(titles["NewName"], x => x.Name),
        new(titles["NameSet"], x => YesOrNo(x.NewName is not null)),
        new(titles["AlreadyThere"], x => YesOrNo(x.IsThere)),
        new(titles["Rooms"], x => x.RoomCount),
    ];

    private string YesOrNo(bool isSo) => texts[isSo ? "Yes" : "No"].Value;
}
