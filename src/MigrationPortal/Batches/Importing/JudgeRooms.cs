using System.Globalization;
using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Lists;
using MigrationPortal.PoolPairs;
using MigrationPortal.Rooms.Choosing;

namespace MigrationPortal.Batches.Importing;

/// <param name="BatchId">The batch that the rooms are to go into, if there is one already.</param>
/// <param name="File">A CSV file as it was saved.</param>
internal sealed record JudgeRooms(string PoolPairId, long? BatchId, ReadOnlyMemory<byte> File);

/// <summary>Says of each row of a file whether its room can be added. Changes nothing.</summary>
internal sealed class JudgeRoomsHandler(IDbContextFactory<PortalDbContext> databases)
{
    public async Task<Outcome<JudgedFile>> HandleAsync(JudgeRooms request, Caller caller, CancellationToken cancellationToken)
    {
        var read = CsvInput.Read(request.File.Span, RoomColumns.Count, RoomColumns.Of);
        if (!read.IsDone)
            return read.Refusal;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (await PoolPairQueries.FindAsync(db, request.PoolPairId, cancellationToken) is null)
            return new Refusal("pool-pair-not-found", RefusalKind.NotFound, request.PoolPairId);
        var categories = await FoundRooms.CategoriesAsync(db, request.PoolPairId, cancellationToken);
        var wanted = read.Value.Select((row, i) => Wanted(i, row.Values, categories)).ToList();
        var found = await FoundRooms.FindAsync(db, request.PoolPairId, wanted, cancellationToken);

        var (firstLines, reach) = (new Dictionary<long, long>(), new Dictionary<string, bool>(StringComparer.Ordinal));
        bool Reaches(string category) => reach.TryGetValue(category, out var isReached)
            ? isReached
            : reach[category] = Rights.RequireThere(caller, "change-batch", [Role.Planner], request.PoolPairId, [category]) is null;
        var rows = new List<JudgedRow>(found.Count);
        foreach (var room in found)
        {
            var row = read.Value[room.Row];
            var repeats = room.RoomId is { } id && !firstLines.TryAdd(id, row.Line) ? firstLines[id] : (long?)null;
            var (verdict, reason) = Judge(room, repeats, request.BatchId, Reaches);
            rows.Add(new(row.Line, Given(row.Values), verdict, reason, room.RoomId, room.Room, room.Category));
        }

        return new JudgedFile(rows);
    }

    private static (RowVerdict Verdict, Wording Reason) Judge(FoundRoom room, long? repeats, long? batchId, Func<string, bool> reaches)
    {
        if (room.Matches != 1)
            return room.Matches == 0 ? Of(RowVerdict.Unknown) : Of(RowVerdict.Ambiguous, room.Matches);
        if (repeats is { } line)
            return Of(RowVerdict.Repeated, line.ToString(CultureInfo.InvariantCulture));
        if (room.BatchId is { } held)
            return held == batchId ? Of(RowVerdict.InThisBatch) : Of(RowVerdict.InAnotherBatch, room.BatchName);
        if (VerdictOf(room.Fit) is { } unfit)
            return Of(unfit);
        return reaches(room.Category!) ? Of(RowVerdict.Addable) : Of(RowVerdict.OutOfScope, CategoryPaths.Display(room.Category!));
    }

    private static RowVerdict? VerdictOf(RoomFit? fit) => fit switch
    {
        RoomFit.Vanished => RowVerdict.Vanished,
        RoomFit.OnlyNew => RowVerdict.OnlyNew,
        RoomFit.Same => RowVerdict.Same,
        RoomFit.Accepted => RowVerdict.Accepted,
        RoomFit.Excluded => RowVerdict.Excluded,
        _ => null,
    };

    private static (RowVerdict Verdict, Wording Reason) Of(RowVerdict verdict, params object?[] args) => (verdict, new Wording($"RoomRow.{verdict}", args));

    // What is written where an id should be and is none finds nothing, and neither does a category that is not there or could be two.
    private static WantedRoom Wanted(int row, string?[] values, ILookup<string, string> categories)
    {
        if (values[(int)RoomColumn.Id] is { } text)
            return new(row, long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0, null, null, null);
        if (values[(int)RoomColumn.Guid] is { } number)
            return new(row, null, Guid.TryParse(number, out var guid) ? guid : Guid.Empty, null, null);
        var path = values[(int)RoomColumn.Category] is not { } category ? null : categories[category].ToList() is [var only] ? only : "";
        return new(row, null, null, path, values[(int)RoomColumn.Name]);
    }

    private static string Given(string?[] values)
    {
        var (category, name) = (values[(int)RoomColumn.Category], values[(int)RoomColumn.Name]);
        return name is null ? values.FirstOrDefault(x => x is not null) ?? "" : category is null ? name : $"{category} / {name}";
    }
}
