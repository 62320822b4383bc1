using Microsoft.Extensions.Localization;
using MigrationPortal.Lists;

namespace MigrationPortal.Windows;

/// <summary>The windows of a pool pair, or those of all pool pairs, as a file: as they are saved, in the order of their page.</summary>
internal sealed class WindowsFile(WindowQueries windows, WindowText text, IStringLocalizer<ColumnTitles> titles, IStringLocalizer<WindowTexts> words)
{
    /// <param name="scope"><see cref="WindowSet.All"/>, or a pool pair's id.</param>
    public async Task<IResult> AnswerAsync(string? format, string scope, CancellationToken cancellationToken)
    {
        var set = await windows.FindSetAsync(scope, cancellationToken);
        IReadOnlyList<Window> rows = set?.Items ?? [];
        return ListFile.Of(format, scope == WindowSet.All ? "windows" : $"windows-{scope}", words["Title"], Columns(set?.AtEnd ?? WindowEnd.FinishRooms), rows.ToAsyncEnumerable());
    }

    // Times of day are on the clock of the window's zone, as they are typed: in UTC they change with the season.
    private IReadOnlyList<ListColumn<Window>> Columns(WindowEnd atEnd) =>
    [
        new(titles["WindowName"], x => x.Name),
        new(titles["Effect"], x => words[$"Effect.{x.Effect}"].Value),
        new(titles["BeginsOn"], text.Days),
        new(titles["FromTime"], x => WindowText.Minute(x.From)),
        new(titles["ToTime"], x => WindowText.Minute(x.To)),
        new(titles["TimeZone"], x => x.Zone),
        new(titles["ValidFrom"], x => x.ValidFrom is { } first ? WindowText.Day(first) : null),
        new(titles["ValidTo"], x => x.ValidTo is { } last ? WindowText.Day(last) : null),
        new(titles["AtEnd"], _ => words[$"AtEnd.{atEnd}"].Value),
    ];
}
