using Microsoft.Extensions.Localization;
using MigrationPortal.Api;
using MigrationPortal.Lists;
using MigrationPortal.Rooms;

namespace MigrationPortal.People;

/// <summary>Where one person has rights, and what batches change of them, as files.</summary>
internal sealed class PersonFile(PersonQueries person, IStringLocalizer<ColumnTitles> titles, IStringLocalizer<PeopleTexts> words, IStringLocalizer<ReasonTexts> reasons)
{
    // Of what the other list of the person would read beside it.
    private static readonly Paging _least = new(0, 1);

    public IResult Places(string? format, string poolPairId, Guid guid, CancellationToken cancellationToken) => ListFile.Of(
        format, $"person-{guid:D}-rooms", words["Places"], PlaceColumns(), RowsInPages.ReadAsync(async x => (await person.FindAsync(poolPairId, guid, x, _least, cancellationToken))?.Places ?? new(0, [])));

    public IResult Changes(string? format, string poolPairId, Guid guid, CancellationToken cancellationToken) => ListFile.Of(
        format, $"person-{guid:D}-changes", words["Changes"], ChangeColumns(), RowsInPages.ReadAsync(async x => (await person.FindAsync(poolPairId, guid, _least, x, cancellationToken))?.Changes ?? new(0, [])));

    private IReadOnlyList<ListColumn<PersonPlace>> PlaceColumns() =>
    [
        new(titles["RoomId"], x => x.RoomId),
        new(titles["Place"], x => x.Name),
        new(titles["Category"], x => x.IsCategory ? words["IsCategory"].Value : CategoryPaths.Display(x.Category)),
        new(titles["LegacyRights"], x => Rights(x.Legacy)),
        new(titles["NewRights"], x => Rights(x.New)),
        new(titles["Messages"], x => x.Wrote ? words["Wrote"].Value : null),
    ];

    private IReadOnlyList<ListColumn<PersonChange>> ChangeColumns() =>
    [
        new(titles["Batch"], x => x.BatchName),
        new(titles["Change"], x => words[x.Change.IsGain ? "GainsWord" : "LosesWord"].Value),
        new(titles["Right"], x => words[$"Right.{x.Change.Right}"].Value),
        new(titles["Place"], x => x.Change.Subject),
        new(titles["Reason"], x => reasons[x.Change.Cause].Value),
    ];

    private string Rights(IReadOnlyList<PlaceRight> rights) => string.Join(", ", rights.Select(x =>
        x.Through is null ? words[$"Right.{x.Right}"].Value : PlainText.Of(words["Through", words[$"Right.{x.Right}"].Value, x.Through].Value)));
}
