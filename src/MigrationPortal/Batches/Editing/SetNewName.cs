using MigrationPortal.Engine;

namespace MigrationPortal.Batches.Editing;

/// <param name="NewName">What the room is called in the new pool; null or blank lets the planner name it.</param>
internal sealed record SetNewName(long BatchId, long RoomId, string? NewName, int? Version = null)
{
    /// <inheritdoc cref="BatchEdit.ExpectedRound"/>
    public SeenRound? ExpectedRound { get; init; }

    /// <inheritdoc cref="BatchEdit.BaseVersion"/>
    public int? BaseVersion { get; init; }
}

internal sealed class SetNewNameHandler(BatchEdits edits)
{
    public Task<Outcome<BatchEdited>> HandleAsync(SetNewName request, Caller caller, CancellationToken cancellationToken) =>
        edits.ApplyAsync(new BatchEdit(request.BatchId, request.Version, caller, [.. RenamedRooms.Parts(new Dictionary<long, string?> { [request.RoomId] = request.NewName })]) { ExpectedRound = request.ExpectedRound, BaseVersion = request.BaseVersion }, cancellationToken);
}
