using System.Security.Claims;
using MigrationPortal.Api;
using MigrationPortal.Batches.Api;
using MigrationPortal.Engine;
using MigrationPortal.Lists;

namespace MigrationPortal.Batches.Importing;

/// <param name="Reason">The verdict as a sentence.</param>
internal sealed record JudgedRowJson(long Line, string Given, RowVerdict Verdict, string Reason, string? RoomId, string? Room, string? Category);

/// <param name="Counts">Rows by verdict.</param>
/// <param name="Added">Rooms that were added now; null where nothing was to be.</param>
internal sealed record JudgedFileJson(int? Added, long Total, IReadOnlyDictionary<RowVerdict, int> Counts, IReadOnlyList<JudgedRowJson> Items)
{
    public static JudgedFileJson Of(JudgedFile file, Paging paging, int? added = null) => new(
        added, file.Rows.Count, file.Counts,
        [.. file.Rows.Skip(paging.Skip).Take(paging.Take).Select(x => new JudgedRowJson(x.Line, x.Given, x.Verdict, x.Reason.ToString(), Ids.Text(x.RoomId), x.Room, x.Category))]);
}

/// <summary>Rooms of a CSV file, which is the body: judged, and added to a batch.</summary>
internal static class ImportEndpoints
{
    public static void Map(RouteGroupBuilder batches)
    {
        batches.MapPost("rooms/judge", JudgeAsync).Produces<JudgedFileJson>();
        batches.MapPost("rooms/judge/export", ExportAsync).ProducesFile();
        batches.MapPost("{id:long}/rooms/import", ImportAsync).Produces<JudgedFileJson>();
    }

    private static async Task<IResult> JudgeAsync(
        Stream body, string? poolPairId, long? batchId, int? skip, int? take, JudgeRoomsHandler judge, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        (await JudgedAsync(body, poolPairId, batchId, judge, user, cancellationToken)).ToResult(x => TypedResults.Ok(JudgedFileJson.Of(x, Paging.Of(skip, take))));

    private static async Task<IResult> ExportAsync(
        Stream body, string? poolPairId, long? batchId, string? format, JudgeRoomsHandler judge, JudgedRowsFile rows, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        (await JudgedAsync(body, poolPairId, batchId, judge, user, cancellationToken)).ToResult(x => rows.Answer(format, x));

    private static async Task<Outcome<JudgedFile>> JudgedAsync(Stream body, string? poolPairId, long? batchId, JudgeRoomsHandler judge, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(poolPairId))
            return new Refusal("pool-pair-required");
        var file = await ReadAsync(body, cancellationToken);
        return await judge.HandleAsync(new JudgeRooms(poolPairId, batchId, file), user.ToCaller(), cancellationToken);
    }

    /// <param name="rows"><c>good</c> adds what can be added; <c>all</c>, or nothing, adds nothing unless every row can be.</param>
    private static async Task<IResult> ImportAsync(
        long id, Stream body, string? rows, int? skip, int? take, ImportRoomsHandler import, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var which = Words.ReadOne<ImportedRows>("rows", rows);
        if (!which.IsDone)
            return which.Refusal.ToProblem();
        var file = await ReadAsync(body, cancellationToken);
        return (await import.HandleAsync(new ImportRooms(id, file, which.Value == ImportedRows.Good), user.ToCaller(), cancellationToken))
            .ToResult(x => TypedResults.Ok(JudgedFileJson.Of(x.File, Paging.Of(skip, take), x.Added)));
    }

    // One byte more than may be is enough to see that it is too much.
    private static async Task<ReadOnlyMemory<byte>> ReadAsync(Stream body, CancellationToken cancellationToken)
    {
        using var file = new MemoryStream();
        var part = new byte[64 * 1024];
        while (file.Length <= CsvInput.MostBytes && await body.ReadAsync(part, cancellationToken) is > 0 and var read)
            await file.WriteAsync(part.AsMemory(0, read), cancellationToken);
        return file.GetBuffer().AsMemory(0, (int)file.Length);
    }

    private enum ImportedRows
    {
        All,
        Good,
    }
}
