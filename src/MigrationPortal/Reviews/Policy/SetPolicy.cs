using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using MigrationPortal.Audit;
using MigrationPortal.Batches;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Live;
using MigrationPortal.Notices.Outbox;
using MigrationPortal.PoolPairs;
using MigrationPortal.Reviews.Judging;
using MigrationPortal.SignIn.People;

namespace MigrationPortal.Reviews.Policy;

/// <param name="Reason">Kept with the version and told in the audit.</param>
/// <param name="AlsoOpen">Applies to reviews that are open or approved, too; those that then lack approvals are in review again.</param>
/// <param name="Seen">The version that was changed from; null takes whatever is there.</param>
internal sealed record SetPolicy(string PoolPairId, ReviewPolicy Policy, string? Reason, bool AlsoOpen = false, int? Seen = null);

/// <summary>Adds a version of a pool pair's policy. What is in review or approved keeps the version it was submitted under, unless asked otherwise.</summary>
internal sealed class SetPolicyHandler(
    IDbContextFactory<PortalDbContext> databases, PeopleRights people, ApplyPolicy apply, AuditTrail audit, BatchTimeline timeline, NoticeOutbox outbox, LiveFeed feed, TimeProvider clock)
{
    public async Task<Outcome<PolicyVersion>> HandleAsync(SetPolicy request, Caller caller, CancellationToken cancellationToken)
    {
        if (Rights.Require(caller, Role.Administrator, "change-policy") is { } refusal)
            return refusal;
        if (PolicyRules.Check(request.Policy, people.Groups) is { } unfit)
            return unfit;
        var reason = BatchText.Reason(request.Reason, "Text.PolicyReason");
        if (!reason.IsDone)
            return reason.Refusal;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        // Locked, so that what was seen is what is replaced.
        var isThere = await db.Database.SqlQuery<string>($"""SELECT id AS "Value" FROM portal.pool_pairs WHERE id = {request.PoolPairId} FOR UPDATE""").ToListAsync(cancellationToken);
        if (isThere.Count == 0)
            return new Refusal("pool-pair-not-found.unknown", RefusalKind.NotFound, request.PoolPairId);
        var before = await PolicyQueries.FindAsync(db, request.PoolPairId, cancellationToken);
        if (request.Seen is { } seen && seen != before.Version)
            return new Refusal("stale.policy", RefusalKind.Stale);
        var version = new PolicyVersion
        {
            PoolPairId = request.PoolPairId,
            Version = before.Version + 1,
            Body = request.Policy,
            By = caller.Name,
            At = clock.GetUtcNow(),
            Reason = reason.Value,
            AlsoOpen = request.AlsoOpen,
        };
        db.Add(version);
        NoticeOutbox.Add(db, new NoticeEvent
        {
            Kind = ReviewNotices.PolicyChanged,
            Subject = $"pool-pair:{request.PoolPairId}",
            PoolPairId = request.PoolPairId,
            By = caller.Name,
            At = version.At,
            Title = request.PoolPairId,
            Sentence = new("Notice.PolicyChanged", caller.DisplayName),
            Detail = Wording.OfText(reason.Value),
            Url = Ui.Urls.Policy(request.PoolPairId),
        });
        await db.SaveChangesAsync(cancellationToken);
        var applied = request.AlsoOpen ? await apply.HandleAsync(db, version, caller, cancellationToken) : [];
        foreach (var (batch, steps) in applied)
            await timeline.RecordAsync(db, batch, steps, cancellationToken);
        await audit.RecordAsync(db, caller, "PolicySet", $"pool-pair:{request.PoolPairId}", request.PoolPairId, Values(before, version), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        foreach (var (batch, _) in applied)
            timeline.Announce(batch);
        feed.Announce($"pair:{request.PoolPairId}");
        feed.Announce("reviews");
        outbox.Wake();
        return version;
    }

    private static Dictionary<string, string?> Values(CurrentPolicy before, PolicyVersion after) => new(StringComparer.Ordinal)
    {
        ["before"] = JsonSerializer.Serialize(before.Policy, JsonSerializerOptions.Web),
        ["after"] = JsonSerializer.Serialize(after.Body, JsonSerializerOptions.Web),
        ["version"] = after.Version.ToString(CultureInfo.InvariantCulture),
        ["alsoOpen"] = after.AlsoOpen ? "true" : "false",
        ["reason"] = after.Reason,
    };
}
