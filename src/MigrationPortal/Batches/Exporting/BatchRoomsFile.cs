using System.Runtime.CompilerServices;
using Microsoft.Extensions.Localization;
using MigrationPortal.Batches.Api;
using MigrationPortal.Batches.Planning;
using MigrationPortal.Batches.Viewing.BatchRooms;
using MigrationPortal.Lists;

namespace MigrationPortal.Batches.Exporting;

/// <summary>The rooms of a batch as a file, with the names that they get by the newest plan.</summary>
internal sealed class BatchRoomsFile(
    BatchRoomQueries rooms, PlanQueries plans, IStringLocalizer<ColumnTitles> titles, IStringLocalizer<BatchRoomTexts> words, IStringLocalizer<ListTexts> texts)
{
    // Names are read for so many rooms at once.
    private const int Part = 500;

    public async Task<IResult> AnswerAsync(string? format, long batchId, BatchRoomFilter filter, CancellationToken cancellationToken)
    {
        var plan = await plans.FindHeadAsync(batchId, cancellationToken);
        var rows = rooms.StreamAsync(batchId, filter, cancellationToken).Chunk(Part).SelectMany(part => NamedAsync(plan, part, cancellationToken));
        return ListFile.Of(format, $"batch-{Ids.Text(batchId)}-rooms", words["Title"], Columns(), rows);
    }

    private async IAsyncEnumerable<(BatchRoomRow Room, string? NewName)> NamedAsync(PlanHead? plan, BatchRoomRow[] part, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var names = plan is null ? new Dictionary<long, string>() : await plans.NamesAsync(plan.Id, [.. part.Select(x => x.RoomId)], cancellationToken);
        foreach (var room in part)
            yield return (room, room.NewName ?? names.GetValueOrDefault(room.RoomId));
    }

    private IReadOnlyList<ListColumn<(BatchRoomRow Room, string? NewName)>> Columns() =>
    [
        new(titles["RoomId"], x => Ids.Text(x.Room.RoomId)),
        new(titles["LegacyCategory"], x => CategoryPaths.Display(x.Room.Category)),
        new(titles["LegacyRoom"], x => x.Room.LegacyName),
        new(titles["NewName"], x => x.NewName),
        new(titles["NameSet"], x => texts[x.Room.NewName is null ? "No" : "Yes"].Value),
        new(titles["Members"], x => x.Room.MemberCount),
        new(titles["Managers"], x => x.Room.ManagerCount),
        new(titles["Messages"], x => x.Room.MessageCount),
        new(titles["Worst"], x => x.Room.Worst is { } worst ? words[worst.ToString()].Value : null),
        new(titles["State"], x => x.Room.IsGone ? words["Gone"].Value : null),
    ];
}
