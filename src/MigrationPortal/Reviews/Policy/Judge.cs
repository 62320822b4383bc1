using System.Globalization;

namespace MigrationPortal.Reviews.Policy;

/// <summary>What is judged: the open or approved round of one review.</summary>
internal sealed record ReviewCase(ReviewPolicy Policy, ReviewFacts Facts, string Fingerprint, long Round, IReadOnlyList<ReviewDecision> Decisions, IReadOnlyDictionary<string, ReviewPerson> People)
{
    /// <summary>Threads of the batch that have to be resolved first, and are not.</summary>
    public int OpenThreads { get; init; }

    /// <summary>Confirmed for this review; null where there is none.</summary>
    public EmergencyStart? Emergency { get; init; }
}

/// <param name="Needs">Groups and owners of categories of whom one must be among those who approved.</param>
internal sealed record Requirement(int Needed, IReadOnlyList<string> Needs);

/// <summary>
/// Decides whether a review's policy is satisfied at one instant. It keeps nothing and asks nobody: role, reach and exclusions come with
/// <see cref="ReviewCase.People"/>, read at that instant.
/// </summary>
internal static class Judge
{
    public static Standing Rule(ReviewCase review, DateTimeOffset now)
    {
        var (needed, needs) = Require(review.Policy, review.Facts);
        var counted = Count(review, now);
        var parts = CountParts(review, now);
        var missing = Missing(review, needed, needs, counted, parts);
        var emergency = FindEmergency(review, now);
        return new Standing
        {
            Needed = needed,
            Needs = needs,
            Counted = counted,
            Parts = parts,
            Missing = missing,
            Why = [new("default", Text(review.Policy.Approvals)), .. review.Policy.Rules.Where(x => x.Applies(review.Facts)).Select(x => Why(x, review.Facts))],
            Emergency = emergency,
            ExpiresAt = FindEnd(review, needed, needs, counted, parts, missing, emergency),
        };
    }

    /// <summary>
    /// The confirmed emergency start, where it counts at this moment: the policy allows it, it is for this plan and round and not too old, both
    /// people may still do what they did, and one of them took no part in the work.
    /// </summary>
    public static EmergencyStart? FindEmergency(ReviewCase review, DateTimeOffset now) =>
        review is { Policy.BreakGlass: true, Emergency: { } start }
        && start.Fingerprint == review.Fingerprint && start.Round == review.Round && start.AskedBy != start.ConfirmedBy && now < start.EndsAt
        && review.People.TryGetValue(start.AskedBy, out var asker) && review.People.TryGetValue(start.ConfirmedBy, out var other)
        && asker.MayOperate && (other.MayOperate || other.MayApprove)
        && (asker.Exclusion is null || other.Exclusion is null)
            ? start
            : null;

    /// <summary>The highest number and every need of the rules that apply; numbers never add up.</summary>
    public static Requirement Require(ReviewPolicy policy, ReviewFacts facts)
    {
        var applied = policy.Rules.Where(x => x.Applies(facts)).ToList();
        return new(
            Math.Max(policy.Approvals, applied.Max(x => x.Approvals) ?? 0),
            [.. applied.SelectMany(x => NeedsOf(x, facts)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]);
    }

    /// <summary>Why one decision of the present round is not counted; null where it is, or never was an approval of this round.</summary>
    public static LossKind? FindLoss(ReviewCase review, ReviewDecision decision, DateTimeOffset now)
    {
        if (decision.Verdict != Verdict.Approve || decision.LostAt is not null || decision.Round != review.Round)
            return null;
        if (decision.At + review.Policy.Lifetime <= now)
            return LossKind.Expired;
        if (!review.People.TryGetValue(decision.Person, out var person) || !IsInReach(decision, person))
            return LossKind.RightLost;
        return person.Exclusion is null ? null : LossKind.OwnWork;
    }

    /// <summary>Null when this person may start what was approved; an emergency start stands in place of the rule.</summary>
    public static StandingNote? RefuseStarter(ReviewPolicy policy, Standing standing, string person) => policy.Starter switch
    {
        _ when standing.Emergency is not null => null,
        StarterRule.NoApprover when Approvers(standing).Contains(person) => new("starter-approved", person),
        StarterRule.NotLastApprover when Approvers(standing).LastOrDefault() == person => new("starter-approved-last", person),
        _ => null,
    };

    private static List<CountedApproval> Count(ReviewCase review, DateTimeOffset now) =>
    [
        .. from decision in Live(review, now)
           where decision.Part is null && review.People[decision.Person].Counts
           let expires = decision.At + review.Policy.Lifetime
           orderby decision.At
           group new CountedApproval(decision.Person, decision.At, expires) by decision.Person into byPerson
           // Who approved again after a withdrawal counts from then on.
           let newest = byPerson.Last()
           orderby newest.At, newest.Person
           select newest,
    ];

    private static List<CountedPart> CountParts(ReviewCase review, DateTimeOffset now) =>
    [
        .. from decision in Live(review, now)
           let person = review.People[decision.Person]
           where decision.Part is not null && person.Exclusion is null && IsInReach(decision, person)
           orderby decision.At
           group new CountedPart(decision.Person, decision.At, decision.At + review.Policy.Lifetime, [.. decision.Part!.Where(person.Categories.Contains)]) by decision.Person into byPerson
           let newest = byPerson.Last()
           orderby newest.At, newest.Person
           select newest,
    ];

    // Of this plan and round, neither lost nor over, by somebody who is known.
    private static IEnumerable<ReviewDecision> Live(ReviewCase review, DateTimeOffset now) => review.Decisions.Where(x =>
        x.Verdict == Verdict.Approve && x.LostAt is null && x.Round == review.Round && x.Fingerprint == review.Fingerprint
        && review.People.ContainsKey(x.Person) && !(x.At + review.Policy.Lifetime <= now));

    // Somebody who owns one of the categories that they approved still approves that one.
    private static bool IsInReach(ReviewDecision decision, ReviewPerson person) => decision.Part is { } part ? part.Any(person.Categories.Contains) : person.MayApprove;

    // Oldest first.
    private static IEnumerable<string> Approvers(Standing standing) =>
        standing.Counted.Select(x => (x.At, x.Person)).Concat(standing.Parts.Select(x => (x.At, x.Person))).Order().Select(x => x.Person);

    private static List<StandingNote> Missing(ReviewCase review, int needed, IReadOnlyList<string> needs, List<CountedApproval> counted, List<CountedPart> parts)
    {
        List<StandingNote> missing = [];
        if (counted.Count < needed)
            missing.Add(new("approvals-missing", Text(needed - counted.Count)));
        var approved = parts.SelectMany(x => x.Categories).ToHashSet(StringComparer.Ordinal);
        missing.AddRange(needs.Where(need => !counted.Exists(x => review.People[x.Person].Fills(need)) && !(ReviewFacts.CategoryOf(need) is { } category && approved.Contains(category)))
            .Select(need => new StandingNote(Standing.NeedMissing, need)));
        if (review is { Policy.OpenThreadsBlock: true, OpenThreads: > 0 and var open })
            missing.Add(new(Standing.ThreadsOpen, Text(open)));
        return missing;
    }

    /// <summary>Null for never, and where it is not satisfied.</summary>
    private static DateTimeOffset? FindEnd(
        ReviewCase review, int needed, IReadOnlyList<string> needs, List<CountedApproval> counted, List<CountedPart> parts, List<StandingNote> missing,
        EmergencyStart? emergency)
    {
        if (missing.Count > 0)
            return missing.Exists(x => x.Code == Standing.ThreadsOpen) ? null : emergency?.EndsAt;
        var end = FindEnd(review, needed, needs, counted, parts);
        return end < emergency?.EndsAt ? emergency.EndsAt : end;
    }

    /// <summary>Approvals end one after the other; the first end that leaves something missing is the end of the whole.</summary>
    private static DateTimeOffset? FindEnd(ReviewCase review, int needed, IReadOnlyList<string> needs, List<CountedApproval> counted, List<CountedPart> parts) =>
        counted.Select(x => x.ExpiresAt).Concat(parts.Select(x => x.ExpiresAt)).OfType<DateTimeOffset>().Distinct().Order()
            .Cast<DateTimeOffset?>()
            .FirstOrDefault(end => Missing(
                review, needed, needs, [.. counted.Where(x => x.ExpiresAt is null || x.ExpiresAt > end)], [.. parts.Where(x => x.ExpiresAt is null || x.ExpiresAt > end)]).Count > 0);

    private static IEnumerable<string> NeedsOf(PolicyRule rule, ReviewFacts facts) => rule.Needs switch
    {
        null => [],
        PolicyRule.CategoryOwner => facts.Owned.Select(x => ReviewFacts.OwnerOf + x),
        var need => [need],
    };

    private static StandingNote Why(PolicyRule rule, ReviewFacts facts) =>
        new("rule", rule.Fact, Text(facts[rule.Fact]), Text(rule.AtLeast), rule.Approvals is { } number ? Text(number) : "", rule.Needs ?? "");

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
