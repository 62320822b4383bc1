using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Planning;
using Npgsql;
using NpgsqlTypes;

namespace MigrationPortal.Batches.Planning;

/// <summary>Writes lines, right changes and findings by COPY, in the context's transaction: a plan may have a million lines.</summary>
internal static class PlanCopy
{
    public static async Task ItemsAsync(PortalDbContext db, IEnumerable<PlanItem> items, CancellationToken cancellationToken)
    {
        await using var rows = await BeginAsync(
            db, "portal.plan_items (plan_id, ordinal, kind, action, code, subject, room_id, property, old, new, source)", cancellationToken);
        foreach (var item in items)
        {
            await rows.StartRowAsync(cancellationToken);
            await rows.WriteAsync(item.PlanId, NpgsqlDbType.Bigint, cancellationToken);
            await rows.WriteAsync(item.Ordinal, NpgsqlDbType.Integer, cancellationToken);
            await TextAsync(rows, item.Kind, cancellationToken);
            await TextAsync(rows, item.Action, cancellationToken);
            await TextAsync(rows, item.Code, cancellationToken);
            await TextAsync(rows, item.Subject, cancellationToken);
            await NumberAsync(rows, item.RoomId, cancellationToken);
            await TextAsync(rows, item.Property, cancellationToken);
            await TextAsync(rows, item.Old, cancellationToken);
            await TextAsync(rows, item.New, cancellationToken);
            await TextAsync(rows, item.Source, cancellationToken);
        }

        await rows.CompleteAsync(cancellationToken);
    }

    public static async Task RightChangesAsync(PortalDbContext db, long planId, IReadOnlyList<RightChange> changes, CancellationToken cancellationToken)
    {
        await using var rows = await BeginAsync(
            db, "portal.plan_right_changes (plan_id, ordinal, principal, person, room, subject, \"right\", before, after, cause)", cancellationToken);
        // Half a million changes name a few thousand people and rooms, whose texts are compared once.
        var (people, subjects) = (PlacesOf(changes.Select(x => x.Person)), PlacesOf(changes.Select(x => x.Subject)));
        var ordered = changes.OrderByDescending(x => x.IsGain).ThenBy(x => people[x.Person]).ThenBy(x => subjects[x.Subject]);
        foreach (var (ordinal, change) in ordered.Index())
        {
            await rows.StartRowAsync(cancellationToken);
            await rows.WriteAsync(planId, NpgsqlDbType.Bigint, cancellationToken);
            await rows.WriteAsync(ordinal, NpgsqlDbType.Integer, cancellationToken);
            await rows.WriteAsync(change.Principal, NpgsqlDbType.Uuid, cancellationToken);
            await TextAsync(rows, change.Person, cancellationToken);
            if (change.Room is { } room)
                await rows.WriteAsync(room, NpgsqlDbType.Uuid, cancellationToken);
            else
                await rows.WriteNullAsync(cancellationToken);
            await TextAsync(rows, change.Subject, cancellationToken);
            await TextAsync(rows, change.Right, cancellationToken);
            await rows.WriteAsync(change.Before, NpgsqlDbType.Boolean, cancellationToken);
            await rows.WriteAsync(change.After, NpgsqlDbType.Boolean, cancellationToken);
            await TextAsync(rows, change.Cause, cancellationToken);
        }

        await rows.CompleteAsync(cancellationToken);
        await rows.CloseAsync(cancellationToken);
        // Added up once: a large plan changes half a million rights of eight thousand people, who are listed with their sums.
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO portal.plan_right_sums (plan_id, principal, gains, losses)
            SELECT plan_id, principal, count(*) FILTER (WHERE after AND NOT before), count(*) FILTER (WHERE before AND NOT after)
            FROM portal.plan_right_changes WHERE plan_id = {planId} GROUP BY plan_id, principal
            """,
            cancellationToken);
    }

    public static async Task PlanFindingsAsync(PortalDbContext db, long planId, IReadOnlyList<Finding> findings, IReadOnlyDictionary<Guid, long> roomIds, CancellationToken cancellationToken)
    {
        await using var rows = await BeginAsync(db, "portal.plan_findings (plan_id, ordinal, rule_id, severity, room_id, subject)", cancellationToken);
        foreach (var (ordinal, finding) in findings.Index())
        {
            await rows.StartRowAsync(cancellationToken);
            await rows.WriteAsync(planId, NpgsqlDbType.Bigint, cancellationToken);
            await rows.WriteAsync(ordinal, NpgsqlDbType.Integer, cancellationToken);
            await TextAsync(rows, finding.RuleId, cancellationToken);
            await TextAsync(rows, finding.Severity.ToString(), cancellationToken);
            await NumberAsync(rows, StoreFindings.RoomId(finding, roomIds), cancellationToken);
            await TextAsync(rows, finding.Subject, cancellationToken);
        }

        await rows.CompleteAsync(cancellationToken);
    }

    public static async Task FindingsAsync(PortalDbContext db, IEnumerable<BatchFinding> findings, CancellationToken cancellationToken)
    {
        await using var rows = await BeginAsync(
            db,
            "portal.batch_findings (id, batch_id, rule_id, severity, room_id, subject, message, evidence, acknowledged_by, acknowledged_at, acknowledged_reason, acknowledged_how, acknowledged_rows, acknowledged_seed, acknowledged_hash, acknowledged_stale)",
            cancellationToken);
        foreach (var finding in findings)
        {
            await rows.StartRowAsync(cancellationToken);
            await rows.WriteAsync(finding.Id, NpgsqlDbType.Bigint, cancellationToken);
            await rows.WriteAsync(finding.BatchId, NpgsqlDbType.Bigint, cancellationToken);
            await TextAsync(rows, finding.RuleId, cancellationToken);
            await TextAsync(rows, finding.Severity.ToString(), cancellationToken);
            await NumberAsync(rows, finding.RoomId, cancellationToken);
            await TextAsync(rows, finding.Subject, cancellationToken);
            await WordingAsync(rows, finding.Message, cancellationToken);
            await WordingAsync(rows, finding.Evidence, cancellationToken);
            await TextAsync(rows, finding.AcknowledgedBy, cancellationToken);
            if (finding.AcknowledgedAt is { } at)
                await rows.WriteAsync(at, NpgsqlDbType.TimestampTz, cancellationToken);
            else
                await rows.WriteNullAsync(cancellationToken);
            await TextAsync(rows, finding.AcknowledgedReason, cancellationToken);
            await TextAsync(rows, finding.AcknowledgedHow?.ToString(), cancellationToken);
            if (finding.AcknowledgedRows is { } shown)
                await rows.WriteAsync(shown, NpgsqlDbType.Integer, cancellationToken);
            else
                await rows.WriteNullAsync(cancellationToken);
            await NumberAsync(rows, finding.AcknowledgedSeed, cancellationToken);
            await TextAsync(rows, finding.AcknowledgedHash, cancellationToken);
            await rows.WriteAsync(finding.AcknowledgedStale, NpgsqlDbType.Boolean, cancellationToken);
        }

        await rows.CompleteAsync(cancellationToken);
    }

    private static Dictionary<string, int> PlacesOf(IEnumerable<string> texts) =>
        texts.ToHashSet(StringComparer.OrdinalIgnoreCase).Order(StringComparer.OrdinalIgnoreCase).Index().ToDictionary(x => x.Item, x => x.Index, StringComparer.OrdinalIgnoreCase);

    private static Task<NpgsqlBinaryImporter> BeginAsync(PortalDbContext db, string target, CancellationToken cancellationToken) =>
        ((NpgsqlConnection)db.Database.GetDbConnection()).BeginBinaryImportAsync($"COPY {target} FROM STDIN (FORMAT binary)", cancellationToken);

    // PostgreSQL's text holds no NUL, SQL Server's does.
    private static Task TextAsync(NpgsqlBinaryImporter rows, string? text, CancellationToken cancellationToken) => text is null
        ? rows.WriteNullAsync(cancellationToken)
        : rows.WriteAsync(text.Replace("\0", "", StringComparison.Ordinal), NpgsqlDbType.Text, cancellationToken);

    private static Task WordingAsync(NpgsqlBinaryImporter rows, Wording? wording, CancellationToken cancellationToken) => wording is null
        ? rows.WriteNullAsync(cancellationToken)
        : rows.WriteAsync(JsonSerializer.Serialize(wording), NpgsqlDbType.Jsonb, cancellationToken);

    private static Task NumberAsync(NpgsqlBinaryImporter rows, long? number, CancellationToken cancellationToken) =>
        number is { } value ? rows.WriteAsync(value, NpgsqlDbType.Bigint, cancellationToken) : rows.WriteNullAsync(cancellationToken);
}
