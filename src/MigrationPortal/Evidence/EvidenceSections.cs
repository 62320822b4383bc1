namespace MigrationPortal.Evidence;

/// <summary>The lists of a package: who wanted what, who decided, what was done and what was found. Never the text of a message.</summary>
internal static class EvidenceSections
{
    // The plan that was carried out last; before a run, the one that was submitted last.
    private const string Plan = """
        coalesce((select plan_id from portal.runs where batch_id = $1 order by id desc limit 1),
            (select p.id from portal.batch_plans p join portal.reviews r on r.batch_id = p.batch_id and r.fingerprint = p.fingerprint where r.batch_id = $1 and r.kind = 'Plan' order by r.id desc, p.id desc limit 1),
            (select p.id from portal.batch_plans p join portal.batches b on b.id = p.batch_id and b.approved_fingerprint = p.fingerprint where b.id = $1 order by p.id desc limit 1))
        """;

    public static IReadOnlyList<EvidenceSection> All { get; } =
    [
        new("plan", $"""
            select ordinal as number, kind, action, code, subject, property, old, new, source, room_id::text as "roomId"
            from portal.plan_items where plan_id = {Plan} order by ordinal
            """),
        new("people", $"""
            select ordinal as number, person, principal::text as principal, "right", subject, room::text as "roomGuid", cause, before, after
            from portal.plan_right_changes where plan_id = {Plan} order by ordinal
            """),
        // As they are now: of a draft that was changed since, some are of no plan that was submitted.
        new("acknowledgements", $"""
            select f.id::text as id, f.rule_id as "ruleId", f.severity, f.subject, f.room_id::text as "roomId", f.message, f.acknowledged_by as "acknowledgedBy", f.acknowledged_at as "acknowledgedAt",
                f.acknowledged_reason as reason, f.acknowledged_how as how, f.acknowledged_rows as "rowsShown", f.acknowledged_hash as "evidenceHash", f.acknowledged_stale as "changedSince",
                case when (select has_findings from portal.batch_plans where id = {Plan}) then p.rule_id is not null end as "ofThisPlan"
            from portal.batch_findings f
            left join (select distinct rule_id, subject, coalesce(room_id, 0) as room from portal.plan_findings where plan_id = {Plan}) p
                on p.rule_id = f.rule_id and p.subject = f.subject and p.room = coalesce(f.room_id, 0)
            where f.batch_id = $1 order by f.severity, f.rule_id, f.subject, f.id
            """),
        new("standing", """
            select r.round, r.kind, r.state, r.fingerprint, r.submitted_by as "submittedBy", r.submitted_at as "submittedAt", r.closed_at as "closedAt", r.policy_version as "policyVersion",
                r.needed, r.needs, r.owned_categories as "ownedCategories", r.facts,
                (select count(*) from portal.decisions d where d.review_id = r.id and d.verdict = 'Approve' and d.part is null and d.lost_at is null) as counted
            from portal.reviews r where r.batch_id = $1 order by r.round, r.id
            """, "facts"),
        // Whose rules the reviews followed: the default, version 0, was set by nobody.
        new("policies", """
            select p.version, p.body, p.by, p.confirmed_by as "confirmedBy", p.at, p.reason, p.also_open as "alsoOpen"
            from portal.review_policies p join portal.batches b on b.pool_pair_id = p.pool_pair_id
            where b.id = $1 and p.version in (select r.policy_version from portal.reviews r where r.batch_id = $1) order by p.version
            """, "body"),
        new("decisions", """
            select r.round, r.kind, d.verdict, d.part, d.by, d.at, d.fingerprint, d.comment, d.expires_at as "expiresAt", d.lost_at as "lostAt", d.lost_by as "lostBy", d.lost_how as "lostHow", d.lost_reason as "lostReason"
            from portal.decisions d join portal.reviews r on r.id = d.review_id where d.batch_id = $1 order by d.id
            """),
        new("emergency-starts", """
            select b.id::text as id, r.round, b.state, b.fingerprint, b.asked_by as "askedBy", b.asked_at as "askedAt", b.reason, b.reference, b.withdrawn_at as "withdrawnAt", b.withdrawn_reason as "withdrawnReason", b.confirmed_by as "confirmedBy", b.confirmed_at as "confirmedAt",
                b.run_id::text as run, b.verdict, b.reviewed_by as "reviewedBy", b.reviewed_at as "reviewedAt", b.review_text as "reviewText"
            from portal.break_glass b join portal.reviews r on r.id = b.review_id where b.batch_id = $1 order by b.id
            """),
        // Threads about a message are only for those who may read it.
        new("comments", """
            select t.id::text as thread, t.anchor_kind as about, t.anchor_key as key, c.at, c.by, c.text, c.edited_at as "editedAt", c.deleted_at as "deletedAt", c.redacted_by as "redactedBy", c.redacted_reason as "redactedReason",
                t.must as "mustBeResolved", t.resolved_by as "resolvedBy", t.resolved_at as "resolvedAt"
            from portal.comments c join portal.threads t on t.id = c.thread_id where c.batch_id = $1 and t.anchor_kind <> 'Message' order by t.id, c.id
            """),
        new("timeline", """
            select e.at, e.by, e.kind, e."from", e."to", e.detail from portal.batch_events e where e.batch_id = $1 order by e.id
            """),
        new("runs", """
            select r.id::text as id, r.kind, r.state, r.fingerprint, r.started_by as "startedBy", r.started_at as "startedAt", r.finished_at as "finishedAt", r.confirmations, r.error
            from portal.runs r where r.batch_id = $1 order by r.id
            """),
        new("transfers", """
            select t.run_id::text as "runId", t.room_id::text as "roomId", t.guid as "roomGuid", t.room_name as "roomName", t.state, t.grade, t.total_message_count as "messages", t.copied_message_count as "copiedMessages",
                t.verified_message_count as "verifiedMessages", t.copied_byte_count as "copiedBytes", t.total_file_count as files, t.copied_file_count as "copiedFiles", t.started_at as "startedAt",
                t.finished_at as "finishedAt", t.finding_count as findings, t.error
            from portal.room_transfers t join portal.runs r on r.id = t.run_id where r.batch_id = $1 order by t.run_id, t.ordinal
            """),
        new("verification", """
            select v.run_id::text as "runId", v.room_id::text as "roomId", o.guid as "roomGuid", v.verified_at as "verifiedAt", v.grade, v.new_message_count as "messages", v.equal_message_count as "equalMessages",
                v.message_difference as "messageDifference", v.differences, v.finding_count as findings, o.accepted_by as "acceptedBy", o.accepted_at as "acceptedAt", o.accepted_reason as "acceptedReason", o.accepted_confirmed_by as "acceptedConfirmedBy"
            from portal.room_verifications v join portal.rooms o on o.id = v.room_id where v.batch_id = $1 order by v.id
            """),
        new("delta", """
            select d.id::text as request, d.state, d.requested_by as "requestedBy", d.requested_at as "requestedAt", d.fingerprint, l.number, l.kind, l.subject, l.property, l.old, l.new
            from portal.deltas d left join portal.delta_lines l on l.delta_id = d.id where d.batch_id = $1 order by d.id, l.number
            """),
        new("delta-warnings", """
            select w.delta_id::text as request, w.number, w.rule_id as "ruleId", w.room_id::text as "roomId", w.subject, w.message, w.evidence
            from portal.delta_warnings w join portal.deltas d on d.id = w.delta_id where d.batch_id = $1 order by w.delta_id, w.number
            """),
        new("undo", """
            select u.id::text as request, u.state, u.fingerprint, u.reason, u.requested_by as "requestedBy", u.requested_at as "requestedAt", u.read_at as "readAt", u.confirmations, u.room_count as rooms, u.message_count as messages,
                u.removed_message_count as "removedMessages", u.file_count as files, u.removed_file_count as "removedFiles", u.finished_at as "finishedAt", u.sums, u.error
            from portal.undos u where u.batch_id = $1 order by u.id
            """, "sums"),
        new("undo-list", """
            select l.undo_id::text as request, l.kind, l.number, l.what, l.subject, l.messages, l.people, l.files, l.file_bytes as "fileBytes", l.needed_by as "neededBy"
            from portal.undo_lines l join portal.undos u on u.id = l.undo_id where u.batch_id = $1 order by l.undo_id, l.kind desc, l.number
            """),
    ];
}
