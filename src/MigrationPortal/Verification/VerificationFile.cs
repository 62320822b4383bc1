using Microsoft.Extensions.Localization;
using MigrationPortal.Lists;
using MigrationPortal.Runs;
using MigrationPortal.SignIn.People;

namespace MigrationPortal.Verification;

/// <summary>The verification of a batch as a file, worst room first: its grade, its counts, and in sentences what differs.</summary>
internal sealed class VerificationFile(
    VerificationQueries verifications, ResultLines lines, PersonNames names, IStringLocalizer<ColumnTitles> titles, IStringLocalizer<RunTexts> words, IStringLocalizer<VerificationTexts> texts)
{
    public IResult Answer(string? format, long batchId, VerifiedKind kind, CancellationToken cancellationToken) => ListFile.Of(
        format, $"batch-{RunApi.Id(batchId)}-verification", texts["Checks"], Columns(), verifications.StreamAsync(batchId, kind, cancellationToken).Select(NamedAsync));

    private IReadOnlyList<ListColumn<VerifiedRoom>> Columns() =>
    [
        new(titles["RoomId"], x => RunApi.Id(x.RoomId)),
        new(titles["Room"], x => x.RoomName),
        new(titles["Grade"], x => words[$"Grade.{x.Grade}"].Value),
        new(titles["VerifiedAt"], x => x.VerifiedAt),
        new(titles["LegacyMessages"], x => x.Proof.Legacy.Count),
        new(titles["NewMessages"], x => x.Proof.New.Count),
        new(titles["Mismatches"], x => x.Proof.MismatchCount),
        new(titles["Differences"], x => PlainText.Of(string.Join('\n', lines.Of(x.Proof).Select(line => line.Text)))),
        new(titles["AcceptedBy"], x => x.Accepted?.By),
        new(titles["AcceptedAt"], x => x.Accepted?.At),
        new(titles["AcceptedReason"], x => x.Accepted?.Reason),
        new(titles["ConfirmedBy"], x => x.Accepted?.ConfirmedBy),
    ];

    private async ValueTask<VerifiedRoom> NamedAsync(VerifiedRoom room, CancellationToken cancellationToken) =>
        room.Accepted is { } accepted
            ? room with
            {
                Accepted = accepted with
                {
                    By = await names.FindAsync(accepted.By, cancellationToken),
                    ConfirmedBy = accepted.ConfirmedBy is { } second ? await names.FindAsync(second, cancellationToken) : null,
                },
            }
            : room;
}
