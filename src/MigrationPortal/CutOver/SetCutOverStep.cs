using Microsoft.EntityFrameworkCore;
using MigrationPortal.Api;
using MigrationPortal.Audit;
using MigrationPortal.Batches;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Live;
using MigrationPortal.PoolPairs;
using MigrationPortal.SignIn;

namespace MigrationPortal.CutOver;

/// <param name="Owner">Null leaves it; empty takes it away.</param>
/// <param name="IsDone">Null leaves it.</param>
/// <param name="Evidence">Needed to call a step done.</param>
internal sealed record SetCutOverStep(string PoolPairId, int Number, string? Owner, bool? IsDone, string? Evidence)
{
    /// <summary>Version of a step that nobody named or did yet.</summary>
    public const long Untouched = -1;

    /// <summary>Of the step as it was looked at; null takes whatever is there.</summary>
    public long? Seen { get; init; }
}

/// <summary>Names who sees to a step, and records by name and time that it was done. Steps are done in their order, and undone from the last.</summary>
internal sealed class SetCutOverStepHandler(IDbContextFactory<PortalDbContext> databases, CutOverQueries queries, FreshRights rights, AuditTrail audit, LiveFeed feed, TimeProvider clock)
{
    public const string Doing = "cut-over-steps";

    public async Task<Outcome<CutOverView>> HandleAsync(SetCutOverStep request, Caller caller, CancellationToken cancellationToken)
    {
        var now = await rights.RequireAsync(caller, Role.Operator, Doing, cancellationToken);
        if (!now.IsDone)
            return now.Refusal;
        if (!CutOverChecklist.Has(request.Number))
            return new Refusal("step-not-found", RefusalKind.NotFound, request.Number, CutOverChecklist.Steps.Count);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (await PoolPairQueries.FindAsync(db, request.PoolPairId, cancellationToken) is null)
            return new Refusal("pool-pair-not-found", RefusalKind.NotFound, request.PoolPairId);
        if (Rights.RequireThere(now.Value, Doing, [Role.Operator], request.PoolPairId, null) is { } outside)
            return outside;
        var view = await queries.FindAsync(request.PoolPairId, cancellationToken);
        var line = view.Lines[request.Number - 1];
        if (request.Seen is { } seen && seen != line.Version)
            return new Refusal("stale.step", RefusalKind.Stale, request.Number);
        if (Check(request, view) is { } unfit)
            return unfit;
        return await WriteAsync(db, request, line, now.Value, cancellationToken);
    }

    private static Refusal? Check(SetCutOverStep request, CutOverView view)
    {
        if (request.Owner is { Length: > 200 })
            return new("owner-too-long", RefusalKind.Invalid, 200);
        if (UnusableText.IsIn(request.Owner))
            return UnusableText.Refuse(new("Text.Owner"));
        if (request.IsDone == true && BatchText.Comment(request.Evidence, "Text.Evidence") is { IsDone: false } missing)
            return missing.Refusal with { Code = "evidence-required" };
        var isDone = view.Lines[request.Number - 1].IsDone;
        if (request.IsDone == true && !isDone && view.Next < request.Number)
            return new("step-order", RefusalKind.Conflict, view.Next);
        if (request.IsDone == false && isDone && view.Lines.LastOrDefault(x => x.IsDone) is { } last && last.Step.Number > request.Number)
            return new("step-order.later", RefusalKind.Conflict, last.Step.Number);
        return null;
    }

    private async Task<Outcome<CutOverView>> WriteAsync(
        PortalDbContext db, SetCutOverStep request, CutOverLine line, Caller caller, CancellationToken cancellationToken)
    {
        var before = line.State;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var owner = request.Owner is null ? before?.Owner : string.IsNullOrWhiteSpace(request.Owner) ? null : request.Owner.Trim();
        var isDone = request.IsDone ?? before?.DoneAt is not null;
        var (by, at, evidence) = (isDone, request.IsDone) switch
        {
            (false, _) => (null, null, null),
            (true, true) => (caller.Name, clock.GetUtcNow(), request.Evidence!.Trim()),
            _ => (before!.DoneBy, before.DoneAt, before.Evidence),
        };
        var (seen, next) = (line.Version, line.Version + 1);
        var written = await db.Database.ExecuteSqlAsync($"""
            insert into portal.cut_over_steps as s (pool_pair_id, number, owner, done_by, done_at, evidence, version)
            values ({request.PoolPairId}, {request.Number}, {owner}, {by}, {at}, {evidence}, {next})
            on conflict (pool_pair_id, number) do update
            set owner = excluded.owner, done_by = excluded.done_by, done_at = excluded.done_at, evidence = excluded.evidence, version = excluded.version
            where s.version = {seen}
            """, cancellationToken);
        if (written == 0)
            return new Refusal("stale.step", RefusalKind.Stale, request.Number);
        var values = new Dictionary<string, string?>(StringComparer.Ordinal) { ["owner"] = owner, ["evidence"] = evidence };
        var action = request.IsDone switch { true => "CutOverStepDone", false => "CutOverStepTakenBack", null => "CutOverStepOwned" };
        await audit.RecordAsync(db, caller, action, $"cut-over-step:{request.Number}", request.PoolPairId, values, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        feed.Announce($"cut-over:{request.PoolPairId}");
        return await queries.FindAsync(request.PoolPairId, cancellationToken);
    }
}
