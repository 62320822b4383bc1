using Microsoft.Extensions.Localization;
using MigrationPortal.Lists;

namespace MigrationPortal.People;

/// <summary>The list of people as a file.</summary>
internal sealed class PeopleFile(PeopleQueries people, IStringLocalizer<ColumnTitles> titles, IStringLocalizer<PeopleTexts> words)
{
    // Rooms are counted for so many people at once.
    private const int Part = 500;

    public IResult Answer(string? format, PeopleFilter filter, CancellationToken cancellationToken) =>
        ListFile.Of(format, $"people-{filter.PoolPairId}", words["Title"], Columns(), people.StreamAsync(filter, cancellationToken).Chunk(Part).SelectMany(part => CountedAsync(filter.PoolPairId, part, cancellationToken)));

    private async IAsyncEnumerable<(PersonRow Person, long Rooms)> CountedAsync(string poolPairId, PersonRow[] part, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var rooms = await people.CountRoomsAsync(poolPairId, [.. part.Select(x => x.Guid)], cancellationToken);
        foreach (var person in part)
            yield return (person, rooms.GetValueOrDefault(person.Guid));
    }

    private IReadOnlyList<ListColumn<(PersonRow Person, long Rooms)>> Columns() =>
    [
        new(titles["PersonGuid"], x => x.Person.Guid.ToString()),
        new(titles["Person"], x => x.Person.Name),
        new(titles["Address"], x => x.Person.Uri),
        new(titles["Kind"], x => words[$"Kind.{x.Person.Kind}"].Value),
        new(titles["State"], x => words[x.Person.State switch { 0 => "Active", 1 => "IsDisabled", _ => "IsGone" }].Value),
        new(titles["Pools"], x => words[x.Person.Pools].Value),
        new(titles["Rooms"], x => x.Rooms),
        new(titles["Namesakes"], x => x.Person.SameNames),
        new(titles["Gains"], x => x.Person.Gains),
        new(titles["Losses"], x => x.Person.Losses),
    ];
}
