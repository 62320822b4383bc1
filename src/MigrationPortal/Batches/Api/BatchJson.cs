using System.Globalization;
using MigrationPortal.Batches.Editing.Merging;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Preflight;
using MigrationPortal.Rooms.Choosing;

namespace MigrationPortal.Batches.Api;

/// <summary>A batch as programs see it: ids as text, so that no language rounds them.</summary>
/// <param name="RoomIds">All of them of one batch; in a list the first <see cref="MostRoomIds"/> of each, while <paramref name="RoomCount"/> counts all.</param>
/// <param name="EmergencyUnreviewed">It started or may start by an emergency start that no auditor has reviewed.</param>
internal sealed record BatchJson(
    string Id,
    string PoolPairId,
    string Name,
    BatchState State,
    string Author,
    DateTimeOffset CreatedAt,
    DateTimeOffset ChangedAt,
    int Version,
    string? Fingerprint,
    IReadOnlyList<string> RoomIds,
    int RoomCount,
    long MessageCount,
    int BlockerCount,
    int OpenWarningCount,
    string? ApprovedBy,
    BatchStanding? Standing,
    bool EmergencyUnreviewed)
{
    public const int MostRoomIds = 100;

    /// <summary>After an edit with <c>baseVersion</c>: what others changed since that version and stands beside it, at most 1 000 fields. Null otherwise.</summary>
    public IReadOnlyList<ChangedFieldJson>? Beside { get; init; }

    /// <summary>After <c>onlyFitting</c>: the rooms that could not be added, by reason. Null otherwise.</summary>
    public IReadOnlyList<LeftJson>? Left { get; init; }

    public static BatchJson Of(BatchRow row, IEnumerable<long> roomIds) => new(
        Ids.Text(row.Id),
        row.PoolPairId,
        row.Name,
        row.State,
        row.Author,
        row.CreatedAt,
        row.ChangedAt,
        row.Version,
        row.Fingerprint,
        [.. roomIds.Select(Ids.Text)],
        row.RoomCount,
        row.MessageCount,
        row.BlockerCount,
        row.OpenWarningCount,
        row.ApprovedBy,
        row.Standing,
        row.HasUnreviewedEmergency);
}

/// <param name="Field"><c>name</c>, <c>options.…</c>, <c>room:12.newName</c>, <c>room:12.member</c> or <c>category:….newName</c>.</param>
internal sealed record ChangedFieldJson(string Field, string? Value, string By, DateTimeOffset At)
{
    public static ChangedFieldJson Of(ChangedField change) => new(change.Field, change.Theirs, change.By, change.At);
}

/// <param name="Watermark">What may grow without a new review: messages at the last scan.</param>
internal sealed record PlanJson(
    string Fingerprint, WatermarkJson Watermark, IReadOnlyList<PlanTotal> Totals, long Total, IReadOnlyList<PlanItemJson> Items);

internal sealed record WatermarkJson(string ScanId, DateTimeOffset ComputedAt, long MessageCount);

internal sealed record PlanItemJson(
    int Ordinal, string Kind, string Action, string Code, string Subject, string? RoomId, string? Property, string? Old, string? New, string? Source)
{
    public static PlanItemJson Of(PlanItem item) => new(
        item.Ordinal, item.Kind, item.Action, item.Code, item.Subject, Ids.Text(item.RoomId), item.Property, item.Old, item.New, item.Source);
}

internal sealed record FindingJson(
    string Id,
    string RuleId,
    Severity Severity,
    string? RoomId,
    string Subject,
    string Message,
    string? Evidence,
    string? AcknowledgedBy,
    DateTimeOffset? AcknowledgedAt,
    string? AcknowledgedReason,
    AcknowledgedHow? AcknowledgedHow,
    bool ChangedSinceAcknowledged)
{
    public static FindingJson Of(BatchFinding finding) => new(
        Ids.Text(finding.Id),
        finding.RuleId,
        finding.Severity,
        Ids.Text(finding.RoomId),
        finding.Subject,
        finding.Message.ToString(),
        finding.Evidence?.ToString(),
        finding.AcknowledgedBy,
        finding.AcknowledgedAt,
        finding.AcknowledgedReason,
        finding.AcknowledgedHow,
        finding.AcknowledgedStale);
}

internal sealed record EventJson(string Id, DateTimeOffset At, string By, string Kind, BatchState? From, BatchState? To, string? Detail)
{
    public static EventJson Of(BatchEvent one) => new(Ids.Text(one.Id), one.At, one.By, one.Kind, one.From, one.To, one.Detail?.ToString());
}

internal static class Ids
{
    public static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);

    public static string? Text(long? id) => id?.ToString(CultureInfo.InvariantCulture);
}
