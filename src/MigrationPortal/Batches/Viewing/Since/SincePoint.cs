using MigrationPortal.Batches.Editing.Merging;
using MigrationPortal.Batches.Planning;

namespace MigrationPortal.Batches.Viewing.Since;

/// <summary>A batch as it was once: looked at, approved, or with a plan that is kept.</summary>
/// <param name="EventId">The last one of the timeline then; 0 before any.</param>
internal sealed record SincePoint(string Fingerprint, int Version, long EventId, DateTimeOffset At);

/// <summary>What others did to a batch since a point.</summary>
/// <param name="Now">The batch as it is.</param>
/// <param name="Fields">How much they changed of it, in no order.</param>
/// <param name="Events">What they did besides, oldest first; at most <see cref="SinceQueries.MostEvents"/>.</param>
/// <param name="Change">Between the plans; null where they are the same, or one is not kept.</param>
/// <param name="IsByScan">The source changed the plan, or did so as well.</param>
/// <param name="MoreMessages">By which the rooms grew: no change, but worth a note.</param>
internal sealed record BatchSince(
    SincePoint Now, IReadOnlyList<ChangedSum> Fields, IReadOnlyList<BatchEvent> Events, PlanChange? Change, bool IsByScan, long MoreMessages)
{
    public bool IsEmpty => Fields.Count == 0 && Events.Count == 0 && !IsByScan;
}
