using MigrationPortal.Engine;
using MigrationPortal.Engine.Preflight;
using MigrationPortal.Engine.Verification;

namespace MigrationPortal.Runs;

public enum RunState
{
    Running,
    Paused,
    Stopping,
    Cancelled,
    Completed,
    CompletedWithFindings,
    Failed,
}

/// <summary>Why a run is paused, which decides who resumes it.</summary>
public enum PauseCause
{
    Person,
    Freeze,
    /// <summary>Resumed when the next window opens.</summary>
    Window,
}

public enum TransferState
{
    Pending,
    Preparing,
    Copying,
    Verifying,
    Done,
    DoneWithFindings,
    Failed,
    Skipped,
    OutcomeUnknown,
    Undone,
}

public enum RunKind
{
    /// <summary>The first one: creates the rooms and copies every message.</summary>
    Move,
    /// <summary>Moves what came since.</summary>
    Delta,
    /// <summary>The last delta: once every room is proven, the batch is closed.</summary>
    CutOver,
}

/// <summary>One execution of an approved plan.</summary>
internal sealed class Run
{
    public long Id { get; init; }
    public required long BatchId { get; init; }
    public required long PlanId { get; init; }
    public RunKind Kind { get; init; }
    public RunState State { get; set; }
    public required string StartedBy { get; init; }
    public required DateTimeOffset StartedAt { get; init; }
    public DateTimeOffset? FinishedAt { get; set; }
    public Wording? Error { get; set; }
    /// <summary>What the operator confirmed, e.g. <c>ServicesStopped</c>.</summary>
    public List<string> Confirmations { get; set; } = [];
    /// <summary>When that was confirmed last; a resume after a day asks again.</summary>
    public DateTimeOffset ConfirmedAt { get; set; }
    /// <summary>Of the approved plan, compared again at each start and resume.</summary>
    public string Fingerprint { get; init; } = "";
    /// <summary>The plan as read again at the start (see PlanDocument): the approved effect with the watermark of that moment.</summary>
    public byte[] Document { get; init; } = [];
    /// <summary>Over all its rooms; null is as fast as it goes. May change while it copies.</summary>
    public int? MessagesPerSecond { get; set; }
    /// <summary>Rooms copied at a time; may change while it copies. Null, of earlier versions, is as the configuration says.</summary>
    public int? RoomsAtATime { get; set; }
    /// <summary>The machine that works on it, or last did.</summary>
    public string? Node { get; set; }
    /// <summary>Why it does not move right now; null while it does.</summary>
    public Wording? Note { get; set; }
    /// <summary>Null while it is not paused, and for pauses that are older than this was kept.</summary>
    public PauseCause? PauseCause { get; set; }
    /// <summary>Its window has ended: no further room begins, and what is still being copied then is paused. Null while it may write.</summary>
    public DateTimeOffset? ClosesAt { get; set; }
    /// <summary>Counts every change, so that a late reading never overwrites a newer one.</summary>
    public long Revision { get; set; }
}

/// <summary>One room within a run. Progress counts are written a few times a second; they have no other writer.</summary>
internal sealed class RoomTransfer
{
    public long Id { get; init; }
    public required long RunId { get; init; }
    public required long RoomId { get; init; }
    public required Guid Guid { get; init; }
    /// <summary>Order within the plan.</summary>
    public required int Ordinal { get; init; }
    public required string RoomName { get; init; }
    public TransferState State { get; set; }
    public long CopiedMessageCount { get; set; }
    public required long TotalMessageCount { get; set; }
    public long CopiedByteCount { get; set; }
    /// <summary>Files that its messages link to and that stand in the new file store.</summary>
    public long CopiedFileCount { get; set; }
    public long TotalFileCount { get; set; }
    public long CopiedFileByteCount { get; set; }
    /// <summary>All of them once the room was compared on both sides, whatever the comparison found.</summary>
    public long VerifiedMessageCount { get; set; }
    /// <summary>Of the latest proof; null until there is one.</summary>
    public Grade? Grade { get; set; }
    /// <summary>Messages and settings that the latest verification found different.</summary>
    public long FindingCount { get; set; }
    /// <summary>Names of the properties that the latest verification found different; <c>Messages</c> first.</summary>
    public List<string> Differences { get; set; } = [];
    /// <summary>Counts every change; the run that owns the transfer is its only writer.</summary>
    public long Revision { get; set; }
    public DateTimeOffset? StartedAt { get; set; }
    public DateTimeOffset? FinishedAt { get; set; }
    public Wording? Error { get; set; }
    /// <summary>By the database's clock.</summary>
    public DateTimeOffset ChangedAt { get; private set; }
}

/// <summary>How far a run was at one moment.</summary>
public sealed class RunSample
{
    public required long RunId { get; init; }
    public required DateTimeOffset At { get; init; }
    public required long CopiedMessageCount { get; init; }
    public required long VerifiedMessageCount { get; init; }
    public long CopiedFileByteCount { get; init; }
}
