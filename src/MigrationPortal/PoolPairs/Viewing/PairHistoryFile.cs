using Microsoft.Extensions.Localization;
using MigrationPortal.Api;
using MigrationPortal.Audit;
using MigrationPortal.Lists;
using MigrationPortal.SignIn.People;

namespace MigrationPortal.PoolPairs.Viewing;

/// <summary>The history of a pool pair as a file, newest first, for whoever reads it on its page: everybody.</summary>
internal sealed class PairHistoryFile(
    PoolPairQueries pairs, PairHistoryQueries history, AuditWords audit, PersonNames names, IStringLocalizer<ColumnTitles> titles, IStringLocalizer<AdministrationPage> words)
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/pool-pairs/{pair}/history/export", (string pair, string? format, PairHistoryFile file, CancellationToken cancel) => file.AnswerAsync(format, pair, cancel)).WithTags("Pool pairs").ProducesFile();

    private async Task<IResult> AnswerAsync(string? format, string pair, CancellationToken cancellationToken)
    {
        if (await pairs.FindAsync(pair, cancellationToken) is null)
            return Problems.NotFound("pool-pair", pair);
        var rows = RowsInPages.ReadAsync(x => history.ListAsync(pair, x, cancellationToken))
            .Select(async (AuditEntry x, CancellationToken token) => (Entry: x, By: await names.FindAsync(x.By, token)));
        return ListFile.Of(format, $"pool-pair-{pair}-history", words["Tab.history"], Columns(), rows);
    }

    private IReadOnlyList<ListColumn<(AuditEntry Entry, string By)>> Columns() =>
    [
        new(titles["Time"], x => x.Entry.At),
        new(titles["User"], x => x.By),
        new(titles["Event"], x => PlainText.Of(audit.Event(x.Entry.Action))),
        new(titles["Details"], x => PlainText.Of(string.Join('\n', audit.Details(x.Entry, isWhole: true).Select(detail => $"{detail.Name}: {detail.Value}")))),
    ];
}
