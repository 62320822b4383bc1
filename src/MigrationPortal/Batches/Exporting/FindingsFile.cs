using Microsoft.Extensions.Localization;
using MigrationPortal.Batches.Api;
using MigrationPortal.Batches.Planning;
using MigrationPortal.Batches.Viewing.BatchRooms;
using MigrationPortal.Engine;
using MigrationPortal.Lists;
using MigrationPortal.SignIn.People;

namespace MigrationPortal.Batches.Exporting;

/// <summary>The findings of a batch's checks as a file.</summary>
internal sealed class FindingsFile(PlanQueries plans, PersonNames names, IStringLocalizer<ColumnTitles> titles, IStringLocalizer<BatchRoomTexts> words)
{
    public IResult Answer(string? format, long batchId, CancellationToken cancellationToken) =>
        ListFile.Of(format, $"batch-{Ids.Text(batchId)}-findings", words["Findings"], Columns(), plans.StreamFindingsAsync(batchId, cancellationToken).Select(NamedAsync));

    private IReadOnlyList<ListColumn<(BatchFinding Finding, string? By)>> Columns() =>
    [
        new(titles["Rule"], x => x.Finding.RuleId),
        new(titles["Severity"], x => words[x.Finding.Severity.ToString()].Value),
        new(titles["RoomId"], x => Ids.Text(x.Finding.RoomId)),
        new(titles["Subject"], x => PlainText.Of(FindingSubject.Of(x.Finding.RuleId, x.Finding.Subject))),
        new(titles["Finding"], x => PlainText.Of(x.Finding.Message)),
        new(titles["Evidence"], x => PlainText.Of(x.Finding.Evidence)),
        new(titles["AcknowledgedBy"], x => x.By),
        new(titles["AcknowledgedAt"], x => x.Finding.AcknowledgedAt),
        new(titles["Reason"], x => x.Finding.AcknowledgedReason),
    ];

    private async ValueTask<(BatchFinding Finding, string? By)> NamedAsync(BatchFinding finding, CancellationToken cancellationToken) =>
        (finding, finding.AcknowledgedBy is { } by ? await names.FindAsync(by, cancellationToken) : null);
}
