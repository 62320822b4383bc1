using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Data;

namespace MigrationPortal.Evidence;

internal sealed record EvidenceDecision(long Round, string Kind, string Verdict, string[]? Part, string By, DateTimeOffset At, string? Comment, bool IsLost);

internal sealed record EvidenceEmergency(string AskedBy, string Reference, bool IsWithdrawn, string? ConfirmedBy, string? Verdict, string? ReviewedBy, string? ReviewText);

internal sealed record EvidenceRule(string RuleId, string Severity, int Count, int Acknowledged, string? Reason);

internal sealed record EvidenceRun(long Id, string Kind, string State, string StartedBy, DateTimeOffset StartedAt, DateTimeOffset? FinishedAt, long Rooms, long Messages);

internal sealed record EvidenceGrade(string Grade, int Count);

/// <summary>What the printed page shows; longer lists stand in the other files.</summary>
public sealed record EvidenceSummary
{
    internal EvidenceState State { get; init; } = null!;

    internal IReadOnlyList<EvidenceDecision> Decisions { get; init; } = [];

    internal IReadOnlyList<EvidenceEmergency> Emergencies { get; init; } = [];

    internal IReadOnlyList<EvidenceRule> Rules { get; init; } = [];

    internal IReadOnlyList<EvidenceRun> Runs { get; init; } = [];

    internal IReadOnlyList<EvidenceGrade> Grades { get; init; } = [];

    internal IReadOnlyList<BatchEvent> Events { get; init; } = [];
}

/// <summary>The page of a package that people read and print: no script, nothing from elsewhere, at most <see cref="Most"/> lines of each list.</summary>
internal sealed class EvidenceIndexPage(IServiceScopeFactory scopes, ILoggerFactory loggers)
{
    public const int Most = 500;

    public async Task<byte[]> RenderAsync(PortalDbContext db, EvidenceState state, CancellationToken cancellationToken)
    {
        var summary = await ReadAsync(db, state, cancellationToken);
        await using var scope = scopes.CreateAsyncScope();
        await using var renderer = new HtmlRenderer(scope.ServiceProvider, loggers);
        var values = ParameterView.FromDictionary(new Dictionary<string, object?> { [nameof(EvidenceIndex.Summary)] = summary });
        var html = await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<EvidenceIndex>(values)).ToHtmlString());
        return Encoding.UTF8.GetBytes($"<!DOCTYPE html>\n<html lang=\"{CultureInfo.CurrentUICulture.TwoLetterISOLanguageName}\">\n{html}\n</html>\n");
    }

    private static async Task<EvidenceSummary> ReadAsync(PortalDbContext db, EvidenceState state, CancellationToken cancellationToken)
    {
        var id = state.BatchId;
        return new()
        {
            State = state,
            Decisions = await db.Database.SqlQuery<EvidenceDecision>($"""
                select r.round as "Round", r.kind as "Kind", d.verdict as "Verdict", d.part as "Part", d.by as "By", d.at as "At", d.comment as "Comment", d.lost_at is not null as "IsLost"
                from portal.decisions d join portal.reviews r on r.id = d.review_id where d.batch_id = {id} order by d.id limit {Most}
                """).ToListAsync(cancellationToken),
            Emergencies = await db.Database.SqlQuery<EvidenceEmergency>($"""
                select asked_by as "AskedBy", reference as "Reference", withdrawn_at is not null as "IsWithdrawn", confirmed_by as "ConfirmedBy", verdict as "Verdict", reviewed_by as "ReviewedBy", review_text as "ReviewText"
                from portal.break_glass where batch_id = {id} order by id limit {Most}
                """).ToListAsync(cancellationToken),
            Rules = await db.Database.SqlQuery<EvidenceRule>($"""
                select rule_id as "RuleId", severity as "Severity", count(*)::int as "Count", count(acknowledged_at)::int as "Acknowledged", max(acknowledged_reason) as "Reason"
                from portal.batch_findings where batch_id = {id} group by rule_id, severity order by severity, rule_id limit {Most}
                """).ToListAsync(cancellationToken),
            Runs = await db.Database.SqlQuery<EvidenceRun>($"""
                select r.id as "Id", r.kind as "Kind", r.state as "State", r.started_by as "StartedBy", r.started_at as "StartedAt", r.finished_at as "FinishedAt",
                    count(t.id) as "Rooms", coalesce(sum(t.copied_message_count), 0)::bigint as "Messages"
                from portal.runs r left join portal.room_transfers t on t.run_id = r.id where r.batch_id = {id} group by r.id order by r.id limit {Most}
                """).ToListAsync(cancellationToken),
            // The newest verification of each room.
            Grades = await db.Database.SqlQuery<EvidenceGrade>($"""
                select grade as "Grade", count(*)::int as "Count" from (
                    select distinct on (room_id) grade from portal.room_verifications where batch_id = {id} order by room_id, id desc) newest
                group by grade order by grade
                """).ToListAsync(cancellationToken),
            Events = await BatchReads.Events(db).Where(x => x.BatchId == id).OrderBy(x => x.Id).Take(Most).ToListAsync(cancellationToken),
        };
    }
}
