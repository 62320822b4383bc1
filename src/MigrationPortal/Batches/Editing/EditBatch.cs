using MigrationPortal.Batches.Editing.Merging;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Planning;

namespace MigrationPortal.Batches.Editing;

/// <summary>Several edits at once, as PATCH sends them; what is null stays as it is.</summary>
internal sealed record EditBatch(long BatchId, int? Version = null)
{
    public string? Name { get; init; }
    /// <inheritdoc cref="BatchEdit.ExpectedRound"/>
    public SeenRound? ExpectedRound { get; init; }
    /// <inheritdoc cref="BatchEdit.BaseVersion"/>
    public int? BaseVersion { get; init; }
    /// <summary>The rooms it shall hold, all of them.</summary>
    public IReadOnlyCollection<long>? RoomIds { get; init; }
    public IReadOnlyCollection<long>? AddRoomIds { get; init; }
    /// <inheritdoc cref="AddRooms.OnlyFitting"/>
    public bool OnlyFitting { get; init; }
    public IReadOnlyCollection<long>? RemoveRoomIds { get; init; }
    public bool SetsOptions { get; init; }
    public PlanOptions? Options { get; init; }
    public IReadOnlyDictionary<long, string?>? NewNames { get; init; }
    /// <summary>By the category's guid in the new pool.</summary>
    public IReadOnlyDictionary<Guid, string?>? CategoryNames { get; init; }

    /// <summary>Takes the removal of rooms back.</summary>
    /// <param name="names">That were chosen for them, or for others.</param>
    public static EditBatch AddAgain(long batchId, IReadOnlyCollection<long> rooms, IReadOnlyDictionary<long, string?> names)
    {
        var added = rooms.ToHashSet();
        var chosen = names.Where(x => added.Contains(x.Key)).ToDictionary();
        return new(batchId) { AddRoomIds = rooms, NewNames = chosen.Count == 0 ? null : chosen };
    }
}

internal sealed class EditBatchHandler(BatchEdits edits)
{
    public Task<Outcome<BatchEdited>> HandleAsync(EditBatch request, Caller caller, CancellationToken cancellationToken)
    {
        var parts = new List<EditPart>();
        if (request.Name is not null)
            parts.Add(RenameBatchHandler.Part(request.Name));
        if (request.RoomIds is { } wanted)
            parts.AddRange(WholeRooms.Parts([.. wanted.Distinct()]));
        if (request.AddRoomIds is { Count: > 0 } added)
            parts.Add(request.OnlyFitting ? AddRoomsHandler.FittingPart(added, caller) : AddRoomsHandler.Part(added));
        if (request.RemoveRoomIds is { Count: > 0 } removed)
            parts.Add(RemoveRoomsHandler.Part(removed));
        if (request.SetsOptions)
            parts.Add(EditOptionsHandler.Part(request.Options));
        if (request.NewNames is { } names)
            parts.AddRange(RenamedRooms.Parts(names));
        if (request.CategoryNames is { } categories)
            parts.AddRange(RenamedCategories.Parts(categories));
        return edits.ApplyAsync(new BatchEdit(request.BatchId, request.Version, caller, parts) { ExpectedRound = request.ExpectedRound, BaseVersion = request.BaseVersion }, cancellationToken);
    }
}
