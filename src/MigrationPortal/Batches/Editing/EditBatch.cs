using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Planning;

namespace MigrationPortal.Batches.Editing;

/// <summary>Several edits at once, as PATCH sends them; what is null stays as it is.</summary>
internal sealed record EditBatch(long BatchId, int? Version = null)
{
    public string? Name { get; init; }
    /// <inheritdoc cref="BatchEdit.ExpectedRound"/>
    public long? ExpectedRound { get; init; }
    /// <summary>The rooms it shall hold, all of them.</summary>
    public IReadOnlyCollection<long>? RoomIds { get; init; }
    public IReadOnlyCollection<long>? AddRoomIds { get; init; }
    public IReadOnlyCollection<long>? RemoveRoomIds { get; init; }
    public bool SetsOptions { get; init; }
    public PlanOptions? Options { get; init; }
    public IReadOnlyDictionary<long, string?>? NewNames { get; init; }
    /// <summary>By the category's guid in the new pool.</summary>
    public IReadOnlyDictionary<Guid, string?>? CategoryNames { get; init; }
}

internal sealed class EditBatchHandler(IDbContextFactory<PortalDbContext> databases, BatchEdits edits)
{
    public async Task<Outcome<BatchEdited>> HandleAsync(EditBatch request, Caller caller, CancellationToken cancellationToken)
    {
        var parts = new List<EditPart>();
        if (request.Name is not null)
            parts.Add(RenameBatchHandler.Part(request.Name));
        if (request.RoomIds is { } wanted)
            parts.AddRange(await ReplaceAsync(request.BatchId, [.. wanted.Distinct()], cancellationToken));
        if (request.AddRoomIds is { Count: > 0 } added)
            parts.Add(AddRoomsHandler.Part(added));
        if (request.RemoveRoomIds is { Count: > 0 } removed)
            parts.Add(RemoveRoomsHandler.Part(removed));
        if (request.SetsOptions)
            parts.Add(EditOptionsHandler.Part(request.Options));
        if (request.NewNames is { } names)
            parts.AddRange(RenamedRooms.Parts(names));
        if (request.CategoryNames is { } categories)
            parts.AddRange(RenamedCategories.Parts(categories));
        return await edits.ApplyAsync(new BatchEdit(request.BatchId, request.Version, caller, parts) { ExpectedRound = request.ExpectedRound }, cancellationToken);
    }

    // Added before removed, so that exchanging all rooms does not pass through an empty batch.
    private async Task<IReadOnlyList<EditPart>> ReplaceAsync(long batchId, long[] wanted, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var held = await db.Set<BatchRoom>().Where(x => x.BatchId == batchId).Select(x => x.RoomId).ToListAsync(cancellationToken);
        var added = wanted.Except(held).ToArray();
        var removed = held.Except(wanted).ToArray();
        return
        [
            .. added.Length > 0 ? [AddRoomsHandler.Part(added)] : Array.Empty<EditPart>(),
            .. removed.Length > 0 ? [RemoveRoomsHandler.Part(removed)] : Array.Empty<EditPart>(),
        ];
    }
}
