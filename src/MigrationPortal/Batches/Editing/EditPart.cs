using MigrationPortal.Batches.Editing.Merging;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Rooms.Choosing;

namespace MigrationPortal.Batches.Editing;

/// <param name="Kind">One of <see cref="BatchEventKinds.Edits"/>, or <see cref="BatchEventKinds.Renamed"/>.</param>
internal sealed record EditPart(string Kind, Func<PortalDbContext, Batch, CancellationToken, Task<Outcome<EditNote>>> ApplyAsync)
{
    /// <summary>What is left of it beside the changes of others; null does it as it is.</summary>
    public Func<EditMerge, CancellationToken, Task<Outcome<EditLeft>>>? MergeAsync { get; init; }
}

/// <param name="Detail">For the timeline; null when the edit changes nothing.</param>
internal sealed record EditNote(Wording? Detail, IReadOnlyDictionary<string, string?>? Values = null)
{
    public static EditNote Nothing { get; } = new(Detail: null);

    /// <summary>The values that it changed, for whoever edits an older version.</summary>
    public IReadOnlyList<FieldChange> Changes { get; init; } = [];

    /// <inheritdoc cref="BatchEdited.Added"/>
    public IReadOnlyList<long> Added { get; init; } = [];

    /// <summary>Rooms that could not be added, where what can be was asked for.</summary>
    public IReadOnlyList<LeftRooms> Left { get; init; } = [];
}

internal sealed record BatchEdited(long Id, int Version, BatchState State)
{
    /// <summary>What others changed since the version that was edited, and what stands beside the edit now.</summary>
    public IReadOnlyList<ChangedField> Beside { get; init; } = [];

    /// <summary>Rooms that were not in the batch before.</summary>
    public IReadOnlyList<long> Added { get; init; } = [];

    /// <summary>Rooms that could not be added, where what can be was asked for.</summary>
    public IReadOnlyList<LeftRooms> Left { get; init; } = [];
}
