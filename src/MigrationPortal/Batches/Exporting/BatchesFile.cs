using Microsoft.Extensions.Localization;
using MigrationPortal.Batches.Browsing;
using MigrationPortal.Lists;
using MigrationPortal.SignIn.People;

namespace MigrationPortal.Batches.Exporting;

/// <summary>The list of batches as a file.</summary>
internal sealed class BatchesFile(
    BatchQueries batches, PersonNames names, IStringLocalizer<ColumnTitles> titles, IStringLocalizer<BatchStateTexts> states, IStringLocalizer<BatchesPage> page)
{
    public IResult Answer(string? format, BatchFilter filter, CancellationToken cancellationToken) =>
        ListFile.Of(format, filter.PoolPairId is { } pair ? $"batches-{pair}" : "batches", page["Title"], Columns(), batches.StreamAsync(filter, cancellationToken).Select(NamedAsync));

    private IReadOnlyList<ListColumn<NamedRow>> Columns() =>
    [
        new(titles["BatchId"], x => Api.Ids.Text(x.Row.Id)),
        new(titles["Batch"], x => x.Row.Name),
        new(titles["PoolPair"], x => x.Row.PoolPairId),
        new(titles["State"], x => states[x.Row.State.ToString()].Value),
        new(titles["Rooms"], x => x.Row.RoomCount),
        new(titles["Messages"], x => x.Row.MessageCount),
        new(titles["Blockers"], x => x.Row.BlockerCount),
        new(titles["OpenWarnings"], x => x.Row.OpenWarningCount),
        new(titles["ApprovedBy"], x => x.ApprovedBy),
        new(titles["EmergencyStart"], x => x.Row.HasUnreviewedEmergency ? page["EmergencyUnreviewed"].Value : null),
        new(titles["Copied"], x => x.Row.CopiedMessageCount),
        new(titles["ToCopy"], x => x.Row.TotalMessageCount),
        new(titles["Author"], x => x.Author),
        new(titles["Created"], x => x.Row.CreatedAt),
        new(titles["Changed"], x => x.Row.ChangedAt),
    ];

    private async ValueTask<NamedRow> NamedAsync(BatchRow row, CancellationToken cancellationToken) => new(
        row, await names.FindAsync(row.Author, cancellationToken), row.ApprovedBy is { } by ? await names.FindAsync(by, cancellationToken) : null);

    private sealed record NamedRow(BatchRow Row, string Author, string? ApprovedBy);
}
