using Microsoft.Extensions.Localization;
using MigrationPortal.Batches.Api;
using MigrationPortal.Lists;

namespace MigrationPortal.Batches.Importing;

/// <summary>What is said of each row of a file with rooms, as a file.</summary>
internal sealed class JudgedRowsFile(IStringLocalizer<ColumnTitles> titles, IStringLocalizer<ImportTexts> words)
{
    private const string Name = "rooms-of-file";

    public IResult Answer(string? format, JudgedFile file) => ListFile.Of(format, Name, words["Verdicts"], Columns(), file.Rows.ToAsyncEnumerable());

    /// <summary>For the page that has them: they are kept nowhere.</summary>
    public ListFile<JudgedRow> Of(ListFormat format, IEnumerable<JudgedRow> rows) => new(format, Name, words["Verdicts"], Columns(), rows.ToAsyncEnumerable());

    private IReadOnlyList<ListColumn<JudgedRow>> Columns() =>
    [
        new(titles["Line"], x => x.Line),
        new(titles["Given"], x => x.Given),
        new(titles["Result"], x => words[x.Verdict.ToString()].Value),
        new(titles["Details"], x => PlainText.Of(x.Reason)),
        new(titles["RoomId"], x => Ids.Text(x.RoomId)),
        new(titles["Room"], x => x.Room),
        new(titles["Category"], x => x.Category is { } category ? CategoryPaths.Display(category) : null),
    ];
}
