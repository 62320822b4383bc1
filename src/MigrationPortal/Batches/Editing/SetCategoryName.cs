using MigrationPortal.Engine;

namespace MigrationPortal.Batches.Editing;

/// <param name="Category">nodeGuid of the planned category, as the plan's categories list it: each part of a split one has its own.</param>
/// <param name="NewName">What the category is called in the new pool; null or blank lets the planner name it.</param>
internal sealed record SetCategoryName(long BatchId, Guid Category, string? NewName, int? Version = null)
{
    /// <inheritdoc cref="BatchEdit.ExpectedRound"/>
    public SeenRound? ExpectedRound { get; init; }

    /// <inheritdoc cref="BatchEdit.BaseVersion"/>
    public int? BaseVersion { get; init; }
}

/// <summary>A category is shared by the batches that need it, so that one name holds for all of them.</summary>
internal sealed class SetCategoryNameHandler(BatchEdits edits)
{
    public Task<Outcome<BatchEdited>> HandleAsync(SetCategoryName request, Caller caller, CancellationToken cancellationToken) =>
        edits.ApplyAsync(new BatchEdit(request.BatchId, request.Version, caller, [.. RenamedCategories.Parts(new Dictionary<Guid, string?> { [request.Category] = request.NewName })]) { ExpectedRound = request.ExpectedRound, BaseVersion = request.BaseVersion }, cancellationToken);
}
