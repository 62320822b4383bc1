using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Lists;

namespace MigrationPortal.Audit;

/// <summary>The entries that a filter shows, as a file for people. <see cref="ExportAuditHandler"/> gives the whole chain, for a program that checks it.</summary>
internal sealed class ExportEntriesHandler(
    IDbContextFactory<PortalDbContext> databases, AuditTrail audit, AuditQueries entries, AuditWords words, IStringLocalizer<ColumnTitles> titles, IStringLocalizer<AuditTexts> texts)
{
    public async Task<IResult> AnswerAsync(string format, AuditFilter filter, Caller caller, CancellationToken cancellationToken)
    {
        if (AuditRights.Refuse(caller) is { } refusal)
            return Api.Problems.ToProblem(refusal);
        await using (var db = await databases.CreateDbContextAsync(cancellationToken))
            await audit.RecordAsync(db, caller, "AuditExported", "audit", null, Details(filter), cancellationToken);
        return ListFile.Of(format, "audit", texts["Title"], Columns(), entries.StreamAsync(filter, cancellationToken));
    }

    private IReadOnlyList<ListColumn<AuditEntry>> Columns() =>
    [
        new(titles["Number"], x => x.Id),
        new(titles["Time"], x => x.At),
        new(titles["User"], x => x.By),
        new(titles["Event"], x => PlainText.Of(words.Event(x.Action))),
        new(titles["Subject"], x => PlainText.Of(words.Subject(x.Subject))),
        new(titles["PoolPair"], x => x.PoolPairId),
        new(titles["Before"], x => PlainText.Of(words.Side(x, "before"))),
        new(titles["After"], x => PlainText.Of(words.Side(x, "after"))),
        new(titles["Details"], x => PlainText.Of(string.Join('\n', words.Details(x, isWhole: true).Select(detail => $"{detail.Name}: {detail.Value}")))),
        new(titles["Hash"], x => Convert.ToHexStringLower(x.Hash)),
    ];

    private static Dictionary<string, string?> Details(AuditFilter filter) => new(StringComparer.Ordinal)
    {
        ["by"] = filter.By,
        ["action"] = filter.Action,
        ["subject"] = filter.Subject,
        ["from"] = filter.From?.ToString("o", CultureInfo.InvariantCulture),
        ["to"] = filter.To?.ToString("o", CultureInfo.InvariantCulture),
    };
}
