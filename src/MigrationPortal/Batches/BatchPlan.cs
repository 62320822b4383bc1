using MigrationPortal.Batches.Planning;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Planning;
using MigrationPortal.Engine.Preflight;

namespace MigrationPortal.Batches;

/// <summary>The computed plan of a batch. Kept whole (gzipped JSON of the engine's plan) so that a run resumes exactly what was approved.</summary>
internal sealed class BatchPlan
{
    public long Id { get; init; }
    public required long BatchId { get; init; }
    /// <summary>It holds for that version of the batch: it was computed for it, or for one before it that had another name.</summary>
    public required int BatchVersion { get; init; }
    public required long ScanId { get; init; }
    public required string Fingerprint { get; init; }
    public required DateTimeOffset ComputedAt { get; init; }
    public required long MessageCount { get; init; }
    /// <summary>Categories, rooms, members … with created, reused and lost counts, as the review page shows them.</summary>
    public required List<PlanTotal> Totals { get; init; }
    /// <summary>The options it was made with: the pair's, or the batch's own.</summary>
    public required PlanOptions Options { get; init; }
    public required byte[] Document { get; init; }
    /// <summary>What it found is kept in <see cref="PlanFinding"/>; older plans have nothing to compare.</summary>
    public bool HasFindings { get; init; }
}

/// <param name="Kind">Resource key: <c>Categories</c>, <c>Rooms</c>, <c>Members</c> …</param>
/// <param name="Why">Reason code that explains most of what is not plain; null when there is nothing to explain.</param>
/// <param name="WhyCount">How many of them have that reason.</param>
internal sealed record PlanTotal(string Kind, long Created, long Reused, long Lost, string? Why = null, long WhyCount = 0);

/// <summary>One line of the plan, in order.</summary>
internal sealed class PlanItem
{
    public required long PlanId { get; init; }
    public required int Ordinal { get; init; }
    /// <summary>One of <see cref="PlanItemKinds"/>.</summary>
    public required string Kind { get; init; }
    /// <summary>One of <see cref="PlanItemActions"/>.</summary>
    public required string Action { get; init; }
    public required string Code { get; init; }
    public required string Subject { get; init; }
    public long? RoomId { get; init; }
    public string? Property { get; init; }
    public string? Old { get; init; }
    public string? New { get; init; }
    public string? Source { get; init; }
}

/// <summary>Somebody who can do more or less in one place, gains first.</summary>
internal sealed class PlanRightChange
{
    public required long PlanId { get; init; }
    public required int Ordinal { get; init; }
    public required Guid Principal { get; init; }
    public required string Person { get; init; }
    public Guid? Room { get; init; }
    public required string Subject { get; init; }
    public required string Right { get; init; }
    public required bool Before { get; init; }
    public required bool After { get; init; }
    public required string Cause { get; init; }

    public RightChange Read() => new(Principal, Person, Room, Subject, Right, Before, After, Cause);
}

/// <summary>How many rights a plan gives and takes, for each principal whose rights it changes.</summary>
internal sealed class PlanRightSum
{
    public required long PlanId { get; init; }
    public required Guid Principal { get; init; }
    public required long Gains { get; init; }
    public required long Losses { get; init; }
}

/// <summary>What a plan found, so that plans can be compared: what it says now is the <see cref="BatchFinding"/>'s.</summary>
internal sealed class PlanFinding
{
    public required long PlanId { get; init; }
    public required int Ordinal { get; init; }
    public required string RuleId { get; init; }
    public required Severity Severity { get; init; }
    public long? RoomId { get; init; }
    public required string Subject { get; init; }
}

internal sealed class BatchFinding
{
    public long Id { get; init; }
    public required long BatchId { get; init; }
    public required string RuleId { get; init; }
    public required Severity Severity { get; init; }
    public long? RoomId { get; init; }
    public required string Subject { get; init; }
    public required Wording Message { get; init; }
    public Wording? Evidence { get; init; }
    public string? AcknowledgedBy { get; set; }
    public DateTimeOffset? AcknowledgedAt { get; set; }
    public string? AcknowledgedReason { get; set; }
    public AcknowledgedHow? AcknowledgedHow { get; set; }
    /// <summary>How many of its rule's warnings were shown to whoever acknowledged it, and the seed that chose them.</summary>
    public int? AcknowledgedRows { get; set; }
    public long? AcknowledgedSeed { get; set; }
    /// <summary>SHA-256 of message and evidence as they were.</summary>
    public string? AcknowledgedHash { get; set; }
    /// <summary>It says something else than it did; only after a draft, where it would end the acknowledgement.</summary>
    public bool AcknowledgedStale { get; set; }
}
