using Microsoft.EntityFrameworkCore;
using MigrationPortal.Engine;
using MigrationPortal.Reviews;
using MigrationPortal.Reviews.Judging;
using MigrationPortal.Reviews.Policy;
using MigrationPortal.Tests.Batches;

namespace MigrationPortal.Tests.Reviews;

/// <summary>Shorthand for tests of review policies over a <see cref="BatchWorld"/>.</summary>
internal static class PolicyWorld
{
    public static readonly Caller Ada = new("ada", "ada", new HashSet<Role> { Role.Administrator });

    public static async Task<PolicyVersion> SetAsync(this BatchWorld world, ReviewPolicy policy, bool alsoOpen = false) =>
        BatchWorld.Done(await world.Get<SetPolicyHandler>().HandleAsync(
            new SetPolicy(BatchWorld.Pair, policy, "because of the audit", alsoOpen), Ada, CancellationToken.None)).Version!;

    public static async Task<StandingView> StandingAsync(this BatchWorld world, long batch, Caller reader) =>
        (await world.Get<StandingQueries>().FindAsync(batch, reader, CancellationToken.None))!;

    public static Task<Outcome<long>> WithdrawAsync(this BatchWorld world, long batch, Caller caller, string reason = "seen too late") =>
        world.Get<WithdrawApprovalHandler>().HandleAsync(new WithdrawApproval(batch, reason), caller, CancellationToken.None);

    /// <summary>As if every approval had been given so much earlier.</summary>
    public static Task AgeAsync(this BatchWorld world, TimeSpan by) => world.Database.ExecuteAsync(
        $"update portal.decisions set at = at - interval '{by.TotalSeconds} seconds', expires_at = expires_at - interval '{by.TotalSeconds} seconds'");

    public static async Task<IReadOnlyList<long>> SweepAsync(this BatchWorld world)
    {
        var due = await world.Get<DueReviews>().ListAsync(CancellationToken.None);
        foreach (var batch in due)
            await world.Get<RejudgeReviews>().HandleAsync(batch, CancellationToken.None);
        return due;
    }

    public static async Task<int> AuditsAsync(this BatchWorld world, string action)
    {
        await using var db = world.Database.OpenPortal();
        return await db.Set<MigrationPortal.Audit.AuditEntry>().CountAsync(x => x.Action == action);
    }
}
