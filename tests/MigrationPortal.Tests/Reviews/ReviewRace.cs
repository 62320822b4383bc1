using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using MigrationPortal.Api;
using MigrationPortal.Batches;
using MigrationPortal.Batches.Editing;
using MigrationPortal.Data;
using MigrationPortal.Reviews;
using MigrationPortal.Reviews.BreakGlass;
using MigrationPortal.Reviews.Judging;
using MigrationPortal.Reviews.Policy;
using MigrationPortal.SignIn.People;
using MigrationPortal.Tests.Batches;
using MigrationPortal.Tests.Reviews.BreakGlass;
using MigrationPortal.Tests.Shared;
using static MigrationPortal.Tests.Batches.BatchWorld;

namespace MigrationPortal.Tests.Reviews;

/// <param name="ActAsync">Whether it was done, not refused.</param>
internal sealed record RaceAction(string What, Func<Task<bool>> ActAsync);

/// <summary>One batch, the people around it, and what must hold of it whatever they do.</summary>
internal sealed class ReviewRace(BatchWorld world, RaceSource source, PortalApp[] nodes, Random random)
{
    private static readonly Caller[] _approvers = [Anna, Marek, Both, OwnerWorld.Olaf];
    private static readonly Caller[] _planners = [Petra, Both];
    private readonly Dictionary<long, int> _needed = [];
    private RaceStarts? _starts;
    private RaceSchedules? _schedules;
    private RaceThreads? _threads;
    private long _id;

    /// <summary>How many starts were refused because of who approved.</summary>
    public int Barred => _starts!.Barred;

    public async Task BeginAsync(int number)
    {
        foreach (var approver in _approvers)
            await SetRolesAsync(approver, keeps: true);
        await world.SetAsync(Policy());
        _id = await world.CreateAsync(Petra, $"Wave {number.ToString(CultureInfo.InvariantCulture)}", "Desk", "Swaps");
        Done(await world.SubmitAsync(_id, Petra));
        (_schedules, _threads) = (new(world, _id), new(world, _id));
        _starts = new(world, _id, _schedules, _threads);
        await RaceStarts.ClearAsync(nodes[0]);
    }

    /// <summary>Before three act at once.</summary>
    public async Task<BatchState> LookAsync()
    {
        await _starts!.LookAsync();
        return (await world.BatchAsync(_id)).State;
    }

    public RaceAction Draw()
    {
        var node = nodes[random.Next(nodes.Length)];
        var (approver, planner, name, hours) = (Pick(_approvers), Pick(_planners), $"Desk {random.Next()}", random.Next(1, 30));
        var (policy, alsoOpen, keeps) = (Policy(), random.Next(2) == 0, random.Next(3) > 0);
        var (asker, confirmer) = (Pick(EmergencyWorld.Operators), Pick([.. EmergencyWorld.Operators, Anna]));
        var hasLee = random.Next(2) == 0;
        var verdict = random.Next(2) == 0 ? BreakGlassVerdict.Justified : BreakGlassVerdict.NotJustified;
        var starter = Pick(RaceStarts.Starters);
        var wish = new RaceWish(Pick(RaceStarts.Starters), IsLater: random.Next(3) == 0, Ends: random.Next(2) == 0);
        return random.Next(37) switch
        {
            <= 4 => new("approve", () => ApproveAsync(node, approver)),
            // By chance nearly nobody withdraws what they approved by chance.
            5 => new("withdraw", async () => await WithdrawAsync(node, approver) || (await ApproveAsync(node, approver) && await WithdrawAsync(node, approver))),
            6 => new("send back", async () => (await node.Get<SendBackHandler>().HandleAsync(new(_id, "too wide"), approver, CancellationToken.None)).IsDone),
            7 => new("edit", async () => (await node.Get<SetNewNameHandler>().HandleAsync(new(_id, await world.RoomAsync("Desk"), name), planner, CancellationToken.None)).IsDone),
            8 => new("recall", async () => (await node.Get<RecallBatchHandler>().HandleAsync(new(_id), Petra, CancellationToken.None)).IsDone),
            9 or 10 => new("submit", async () => (await node.Get<SubmitBatchHandler>().HandleAsync(new(_id, AcknowledgeWarnings: true), planner, CancellationToken.None)).IsDone),
            11 => new("age", () => AgeAsync(hours)),
            12 when alsoOpen => new("role", () => RoleAsync(approver, keeps)),
            13 => new("scan", () => ScanAsync(hasLee)),
            15 => new("ask", () => AskAsync(node, asker)),
            16 => new("confirm", () => ConfirmAsync(node, confirmer)),
            // Nearly nobody confirms by chance what somebody asked by chance, and fewer review that.
            17 => new("confirm", () => AskAndConfirmAsync(node, asker)),
            18 or 19 => new("review", async () => await ReviewAsync(node, verdict) || (await AskAndConfirmAsync(node, asker) && await ReviewAsync(node, verdict))),
            12 => new("policy", async () => (await node.Get<SetPolicyHandler>().HandleAsync(new(Pair, policy, "why", AlsoOpen: keeps), PolicyWorld.Ada, CancellationToken.None)).IsDone),
            20 => _starts!.FreezeAndStart(node),
            21 => RaceStarts.Close(node),
            22 or 23 => RaceStarts.Lift(node),
            24 => RaceStarts.Open(node),
            25 or 26 => new("start", () => ApproveAndStartAsync(node, starter)),
            14 or 27 => new("start", () => _starts!.StartAsync(node, starter)),
            28 => new("thread", () => _threads!.OpenAsync(node, approver)),
            29 or 30 => new("resolve", () => _threads!.ResolveAsync(node, approver)),
            31 => new("reopen", () => _threads!.ReopenAsync(node, approver)),
            32 => new("board", () => BoardAsync(keeps)),
            33 => new("schedule", () => ApproveAndScheduleAsync(node, wish)),
            // As nobody starts by chance, nobody schedules.
            34 => new("unschedule", async () => await _schedules!.CancelAsync(node) || (await ApproveAndScheduleAsync(node, wish) && await _schedules!.CancelAsync(node))),
            35 => new("due", async () => await _schedules!.SweepAsync(node, isLate: false) || (await ApproveAndScheduleAsync(node, wish) && await _schedules!.SweepAsync(node, isLate: false))),
            _ => new("late", async () => await _schedules!.SweepAsync(node, isLate: true) || (await ApproveAndScheduleAsync(node, wish) && await _schedules!.SweepAsync(node, isLate: true))),
        };
    }

    public async Task CheckAsync(string when, BatchState before, IReadOnlyList<string> did)
    {
        await world.SweepAsync();
        await using var db = world.Database.OpenPortal();
        var batch = await db.Set<Batch>().AsNoTracking().SingleAsync(x => x.Id == _id);
        var reviews = await db.Set<Review>().AsNoTracking().Where(x => x.BatchId == _id).OrderBy(x => x.Id).ToListAsync();
        var decisions = await db.Set<Decision>().AsNoTracking().Where(x => x.BatchId == _id).ToListAsync();
        var live = reviews.SingleOrDefault(x => x.State is ReviewState.Open or ReviewState.Approved);
        var standing = live is null ? [] : decisions.Where(x => x.ReviewId == live.Id && x.Verdict == Verdict.Approve && x.LostAt is null).ToList();
        var (counted, parts) = (standing.Where(x => x.Part is null).ToList(), standing.Where(x => x.Part is not null).ToList());
        var policy = live is null ? null : (await db.Set<PolicyVersion>().AsNoTracking().SingleAsync(x => x.PoolPairId == Pair && x.Version == live.PolicyVersion)).Body;
        var isEmergency = live is not null && await IsEmergencyAsync(db, live, policy!);
        var board = await RaceNeeds.BoardAsync(db);
        var isFilled = live is null || live.Needs.All(need => standing.Exists(x => RaceNeeds.Fills(need, x, board)));
        var open = await _threads!.CountOpenAsync(db);
        var isBlocked = policy is { OpenThreadsBlock: true } && open > 0;
        var isApproved = batch.State is BatchState.Approved or BatchState.Scheduled;

        // The batch is where its approvals put it (I1), and where each of them reads it (I8).
        Assert.True(live is null == batch.State is BatchState.Draft or BatchState.Running, $"live review, {when}");
        if (live is not null)
            Assert.True((!isBlocked && (isEmergency || (counted.Count >= live.Needed && isFilled))) == isApproved, $"emergency {isEmergency}, {counted.Count} of {live.Needed}, {parts.Count} parts, needs filled {isFilled}, {open} threads and {batch.State}, {when}");
        var (shown, listed) = (await nodes[0].Get<StandingQueries>().FindAsync(_id, Anna, CancellationToken.None), await nodes[1].Get<BatchQueries>().FindAsync(_id, CancellationToken.None));
        if (live is not null)
            Assert.True((shown!.Standing.Have, shown.Standing.Needed) == (counted.Count, live.Needed) && (listed!.Standing!.Have, listed.Standing.Needed) == (counted.Count, live.Needed) && shown.Standing.IsSatisfied == isApproved, $"I8, {when}");
        if (batch.State == BatchState.Scheduled)
            await _schedules!.CheckAsync(db, when);
        await _starts!.CheckAsync(db, batch.State == BatchState.Running, when, did);
        // Distinct, with the role, and nobody's own work (I2).
        var worked = await db.Set<BatchEvent>().AsNoTracking().Where(x => x.BatchId == _id && (x.Kind == "Created" || x.Kind == "RoomRenamed" || x.Kind == "Submitted"))
            .Select(x => new { x.By, x.At, x.Kind }).ToListAsync();
        var approvedBefore = live is null ? null : await db.Set<BatchEvent>().Where(x => x.BatchId == _id && x.Kind == "Approved" && x.At < live.SubmittedAt).MaxAsync(x => (DateTimeOffset?)x.At);
        foreach (var approval in standing)
        {
            Assert.True(approval.By != Petra.Name && approval.By != live!.SubmittedBy, $"own, {when}");
            Assert.False(worked.Exists(x => x.By == approval.By && x.Kind == "RoomRenamed" && (approvedBefore is null || x.At > approvedBefore)), $"editor, {when}");
            Assert.True(approval.Fingerprint == batch.Fingerprint, $"fingerprint, {when}");
        }

        Assert.Equal(standing.Count, standing.Select(x => x.By).Distinct().Count());
        Assert.True(parts.TrueForAll(x => x.By == OwnerWorld.Olaf.Name) && counted.TrueForAll(x => x.By != OwnerWorld.Olaf.Name), $"parts, {when}");
        // What was decided in an ended round is lost, each by one event (I3, I7).
        var ended = reviews.Where(x => x.State is ReviewState.Voided or ReviewState.SentBack).Select(x => x.Id).ToHashSet();
        Assert.True(decisions.TrueForAll(x => x.Verdict != Verdict.Approve || x.LostAt is not null || !ended.Contains(x.ReviewId)), $"I3, {when}");
        Assert.Equal(decisions.Count(x => x.LostAt is not null), await db.Set<BatchEvent>().CountAsync(x => x.BatchId == _id && x.Kind == "ApprovalLost"));
        if (did.All(x => x is "ask" or "confirm" or "review" or "approve" or "age" or "role" or "withdraw" or "policy" or "freeze" or "lift" or "close" or "open" or "thread" or "resolve" or "reopen" or "board" or "schedule" or "unschedule") && before != BatchState.Draft)
            Assert.True(batch.State != BatchState.Draft, $"I4, {when}");
        if (live is not null && !did.Contains("policy", StringComparer.Ordinal) && _needed.TryGetValue(live.Id, out var needed))
            Assert.True(needed == live.Needed, $"I5, {when}");
        foreach (var review in reviews)
            _needed[review.Id] = review.Needed;
    }

    // What stays in review is planned again by every scan and judged again by every sweep and policy: later histories would cost more and more.
    public Task EndAsync() => world.Database.ExecuteAsync($"""
        delete from portal.batch_rooms where batch_id = {_id};
        delete from portal.decisions where batch_id = {_id};
        update portal.reviews set state = 'Voided' where batch_id = {_id} and state in ('Open', 'Approved');
        update portal.batches set state = 'Cancelled' where id = {_id};
        update portal.break_glass set verdict = 'Justified' where verdict is null
        """);

    private async Task<bool> WithdrawAsync(PortalApp node, Caller approver) =>
        (await node.Get<WithdrawApprovalHandler>().HandleAsync(new(_id, "seen too late"), approver, CancellationToken.None)).IsDone;

    private async Task<bool> ApproveAsync(PortalApp node, Caller approver)
    {
        var fingerprint = (await world.BatchAsync(_id)).Fingerprint;
        return (await node.Get<ApproveBatchHandler>().HandleAsync(new ApproveBatch(_id, fingerprint), approver, CancellationToken.None)).IsDone;
    }

    private async Task<bool> AgeAsync(int hours)
    {
        await world.AgeAsync(TimeSpan.FromHours(hours));
        return true;
    }

    private async Task<bool> AskAsync(PortalApp node, Caller asker) =>
        (await node.Get<AskBreakGlassHandler>().HandleAsync(new AskBreakGlass(_id, "cannot wait", "CHG1"), asker, CancellationToken.None)).IsDone;

    private async Task<bool> ConfirmAsync(PortalApp node, Caller confirmer) =>
        (await node.Get<BreakGlassQueries>().ListAsync(_id, Paging.Of(0, null), CancellationToken.None)).Items is [var asked, ..]
        && (await node.Get<ConfirmBreakGlassHandler>().HandleAsync(new ConfirmBreakGlass(asked.Id), confirmer, CancellationToken.None)).IsDone;

    private async Task<bool> AskAndConfirmAsync(PortalApp node, Caller asker)
    {
        await AskAsync(node, asker);
        // One of them is somebody else.
        var isConfirmed = false;
        foreach (var confirmer in EmergencyWorld.Operators)
            isConfirmed |= await ConfirmAsync(nodes[0], confirmer);
        return isConfirmed;
    }

    private async Task<bool> ReviewAsync(PortalApp node, BreakGlassVerdict verdict) =>
        (await node.Get<BreakGlassQueries>().ListAsync(_id, Paging.Of(0, null), CancellationToken.None)).Items is [var asked, ..]
        && (await node.Get<ReviewBreakGlassHandler>().HandleAsync(
            new ReviewBreakGlass(asked.Id, verdict, "looked at it"), EmergencyWorld.Aron, CancellationToken.None)).IsDone;

    // By the rows alone: two people, the last one still with a role, under a policy that allows it.
    private static async Task<bool> IsEmergencyAsync(PortalDbContext db, Review live, ReviewPolicy policy)
    {
        var last = await db.Set<BreakGlassRequest>().AsNoTracking().Where(x => x.ReviewId == live.Id && x.State == BreakGlassState.Confirmed && x.Verdict != BreakGlassVerdict.NotJustified)
            .OrderByDescending(x => x.Id).FirstOrDefaultAsync();
        if (!policy.BreakGlass || last is null)
            return false;
        Assert.NotEqual(last.AskedBy, last.ConfirmedBy);
        var roles = (await db.Set<Person>().AsNoTracking().SingleAsync(x => x.Name == last.ConfirmedBy)).Memberships.AppRoles;
        return roles.Contains("Operator") || roles.Contains("Approver");
    }

    private async Task<bool> RoleAsync(Caller approver, bool keeps)
    {
        await SetRolesAsync(approver, keeps);
        return true;
    }

    private async Task<bool> BoardAsync(bool keeps)
    {
        await SetRolesAsync(Marek, keeps: true, isOnBoard: keeps);
        return true;
    }

    // The owner's role comes from a group, everybody else's from the persona; Marek sits on a board beside it. Two of them may start what is approved.
    private Task SetRolesAsync(Caller person, bool keeps, bool isOnBoard = true)
    {
        var group = person == OwnerWorld.Olaf ? OwnerWorld.Group : person == Marek && isOnBoard ? RaceNeeds.Board : null;
        List<Role> roles = person == OwnerWorld.Olaf ? [] : keeps ? [.. person.Roles] : [Role.Viewer];
        if (keeps && (person == Anna || person == Marek))
            roles.Add(Role.Operator);
        string[] groups = keeps && group is not null ? [group] : [];
        var memberships = JsonSerializer.Serialize(new { groups, appRoles = roles.Select(x => x.ToString()) });
        return world.Database.ExecuteAsync($"update portal.people set memberships = '{memberships}' where name = '{person.Name}'");
    }

    private async Task ApproveAllAsync(PortalApp node)
    {
        foreach (var approver in _approvers)
            await ApproveAsync(node, approver);
    }

    // Nearly nobody starts by chance what was approved by chance.
    private async Task<bool> ApproveAndStartAsync(PortalApp node, Caller starter)
    {
        await ApproveAllAsync(node);
        return await _starts!.StartAsync(node, starter);
    }

    private async Task<bool> ApproveAndScheduleAsync(PortalApp node, RaceWish wish)
    {
        await ApproveAllAsync(node);
        return await _schedules!.SetAsync(node, wish);
    }

    private async Task<bool> ScanAsync(bool hasLee)
    {
        await source.ScanAsync(world, hasLee);
        return true;
    }

    private ReviewPolicy Policy() => new()
    {
        Approvals = random.Next(1, 3),
        Starter = (StarterRule)random.Next(3),
        ExpiresAfterHours = random.Next(2) == 0 ? null : random.Next(20, 60),
        BreakGlass = random.Next(4) > 0,
        OpenThreadsBlock = random.Next(2) == 0,
        Rules = [.. RaceNeeds.Rules.Where(_ => random.Next(5) < 2)],
    };

    private T Pick<T>(T[] from) => from[random.Next(from.Length)];
}
