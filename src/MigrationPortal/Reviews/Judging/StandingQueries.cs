using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Data;
using MigrationPortal.Engine.Preflight;
using MigrationPortal.Reviews.Policy;
using MigrationPortal.SignIn.People;

namespace MigrationPortal.Reviews.Judging;

/// <summary>The computation of a batch's newest review as pages and programs show it, by the judge that decides at the start as well.</summary>
internal sealed class StandingQueries(IDbContextFactory<PortalDbContext> databases, ReviewCases cases, ReviewRounds rounds, PersonNames names, TimeProvider clock)
{
    /// <returns>Null where the batch was never submitted and is not a draft, or is not there.</returns>
    public async Task<StandingView?> FindAsync(long batchId, Caller caller, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (await BatchReads.FindAsync(db, batchId, cancellationToken) is not { } batch)
            return null;
        var isProspect = batch.State == BatchState.Draft;
        // Nobody knows who will submit a draft: its author may not approve in any case.
        var review = isProspect
            ? await rounds.ProspectAsync(db, batch, ReviewKind.Plan, batch.Fingerprint ?? "", batch.Author, null, cancellationToken)
            : await db.Set<Review>().AsNoTracking().Where(x => x.BatchId == batchId).OrderByDescending(x => x.Id).FirstOrDefaultAsync(cancellationToken);
        if (review is null)
            return null;
        var read = await cases.ReadAsync(db, batch, review, cancellationToken, also: caller);
        // A draft shows which approvals of the last round ended, and by whom.
        if (isProspect)
            read = read with { Decisions = await LastRoundAsync(db, batchId, cancellationToken) };
        var current = await PolicyQueries.FindAsync(db, batch.PoolPairId, cancellationToken);
        return await ShowAsync(read, isProspect, current, caller, cancellationToken);
    }

    private static async Task<IReadOnlyList<Decision>> LastRoundAsync(PortalDbContext db, long batchId, CancellationToken cancellationToken)
    {
        var last = await db.Set<Review>().Where(x => x.BatchId == batchId).MaxAsync(x => (long?)x.Id, cancellationToken);
        return await db.Set<Decision>().AsNoTracking().Where(x => x.ReviewId == last && x.LostAt != null).OrderBy(x => x.Id).ToListAsync(cancellationToken);
    }

    private async Task<StandingView> ShowAsync(ReviewRead read, bool isProspect, CurrentPolicy current, Caller caller, CancellationToken cancellationToken)
    {
        var standing = read.Judge(clock.GetUtcNow());
        var counted = standing.Counted.Select(x => x.Person).ToHashSet(StringComparer.Ordinal);
        var able = read.Case.People.Values.Where(x => x.MayApprove && !counted.Contains(x.Id)).OrderBy(x => x.Id, StringComparer.Ordinal).ToList();
        var called = new Dictionary<string, string>(StringComparer.Ordinal);
        var parts = standing.Parts.ToDictionary(x => x.Person, StringComparer.Ordinal);
        var reader = read.Case.People.GetValueOrDefault(caller.Name);
        List<string> part = [.. Reviews.OwnPart.Of(reader, standing.Needs, caller, read.Batch.PoolPairId)];
        var fillers = standing.MissingNeeds.ToDictionary(x => x, need => read.Case.People.Values.Where(x => x.CouldFill(need) && !counted.Contains(x.Id)).OrderBy(x => x.Id, StringComparer.Ordinal).ToList());
        foreach (var person in able.Select(x => x.Id).Concat(counted).Concat(parts.Keys).Concat(fillers.Values.SelectMany(x => x).Select(x => x.Id)).Concat(read.Decisions.SelectMany(x => new[] { x.By, x.LostBy }).Append(standing.Emergency?.AskedBy).Append(standing.Emergency?.ConfirmedBy).OfType<string>()).Distinct())
            called[person] = await names.FindAsync(person, cancellationToken);
        return new StandingView
        {
            Review = read.Review,
            IsProspect = isProspect,
            Standing = standing,
            Starter = read.Case.Policy.Starter,
            Counted = [.. standing.Counted.Select(x => new NamedApproval(x.Person, called[x.Person], x.At, x.ExpiresAt))],
            Parts = [.. standing.Parts.Select(x => new NamedPart(x.Person, called[x.Person], x.At, x.ExpiresAt, [.. x.Categories.Select(CategoryPaths.Display)]))],
            Lost =
            [
                .. read.Decisions.Where(x => x is { LostAt: not null, LostBy: not null, LostHow: not null }).OrderByDescending(x => x.LostAt).Select(x => new LostApproval(
                    x.By, called[x.By], x.At, x.LostAt!.Value, called[x.LostBy!], x.LostHow!.Value, x.LostReason) { ByAccount = x.LostBy! }),
            ],
            Known = [.. able.Where(x => x.Exclusion is null).Select(x => new NamedPerson(x.Id, called[x.Id]))],
            Fillers = fillers.ToDictionary(x => x.Key, x => (IReadOnlyList<NamedPerson>)[.. x.Value.Select(one => new NamedPerson(one.Id, called[one.Id]))]),
            Excluded = [.. able.Where(x => x.Exclusion is not null).Select(x => (new NamedPerson(x.Id, called[x.Id]), x.Exclusion!.Value))],
            CurrentPolicyVersion = current.Version,
            PolicyDrift = PolicyDrifts.Of(read.Case.Policy, current.Policy),
            Own = read.Exclusions.TryGetValue(caller.Name, out var why) ? why : null,
            OwnPart = part,
            IsOutside = reader is not ({ MayApprove: true } or { Exclusion: not null }) && !read.Exclusions.ContainsKey(caller.Name) && part.Count == 0 && caller.Has(Role.Approver),
            StarterRefusal = read.Review.State == ReviewState.Approved && standing.IsSatisfied ? StartGate.RefuseStarter(read, standing, caller) : null,
            HasOwn = counted.Contains(caller.Name) || parts.ContainsKey(caller.Name),
            Emergency = standing.Emergency is { } start ? (new(start.AskedBy, called[start.AskedBy]), new(start.ConfirmedBy, called[start.ConfirmedBy])) : null,
        };
    }
}
