using System.Globalization;
using Microsoft.Extensions.Localization;
using MigrationPortal.Engine;
using MigrationPortal.Lists;
using MigrationPortal.Runs.Viewing;

namespace MigrationPortal.Runs.Exporting;

/// <summary>The rooms of a run as a file.</summary>
internal sealed class TransfersFile(TransferQueries transfers, IDifferenceNames names, IStringLocalizer<ColumnTitles> titles, IStringLocalizer<RunTexts> words)
{
    public IResult Answer(string? format, long runId, TransferFilter filter, CancellationToken cancellationToken) =>
        ListFile.Of(format, $"run-{RunApi.Id(runId)}-rooms", words["RoomsOfRun"], Columns(), transfers.StreamAsync(runId, filter, cancellationToken));

    /// <summary>Why a run's rooms cannot be filtered so; null where they can: what no room has is no mistake as long as one could have it.</summary>
    public async Task<Refusal?> FindRefusalAsync(long runId, TransferFilter filter, CancellationToken cancellationToken)
    {
        if (filter.Difference is { } difference && !names.Knows(difference) && !await transfers.HasDifferenceAsync(runId, difference, cancellationToken))
            return new Refusal("invalid-filter.difference", RefusalKind.Invalid, difference);
        if (filter.Failure is { } failure && !IsSentence(failure) && !await transfers.HasFailureAsync(runId, failure, cancellationToken))
            return new Refusal("invalid-filter.failure", RefusalKind.Invalid, failure);
        return null;
    }

    // A sentence with a number has two texts.
    private static bool IsSentence(string key) =>
        (WordingResources.Find(key, CultureInfo.InvariantCulture) ?? WordingResources.Find(key + ".Other", CultureInfo.InvariantCulture)) is not null;

    private IReadOnlyList<ListColumn<TransferLine>> Columns() =>
    [
        new(titles["RoomId"], x => RunApi.Id(x.RoomId)),
        new(titles["Room"], x => x.RoomName),
        new(titles["State"], x => words[$"Transfer.{x.State}"].Value),
        new(titles["Copied"], x => x.CopiedMessageCount),
        new(titles["ToCopy"], x => x.TotalMessageCount),
        new(titles["Verified"], x => x.VerifiedMessageCount),
        new(titles["FilesCopied"], x => x.CopiedFileCount),
        new(titles["Files"], x => x.TotalFileCount),
        new(titles["Started"], x => x.StartedAt),
        new(titles["Finished"], x => x.FinishedAt),
        new(titles["Grade"], x => x.Grade is { } grade ? words[$"Grade.{grade}"].Value : null),
        new(titles["DifferenceCount"], x => x.FindingCount),
        new(titles["Differences"], x => string.Join(", ", x.ListDifferences().Select(names.NameOf))),
        new(titles["Error"], x => PlainText.Of(x.Error)),
    ];
}
