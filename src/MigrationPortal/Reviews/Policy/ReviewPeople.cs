namespace MigrationPortal.Reviews.Policy;

/// <summary>Why somebody's approval cannot count for this submission.</summary>
internal enum Exclusion
{
    Author,
    Submitter,
    Requester,
    Edited,
    Acknowledged,
}

/// <summary>A person as the directory and the roles know them at this instant.</summary>
/// <param name="MayApprove">Has the role, for every room of the batch.</param>
/// <param name="Groups">Of those that roles' grants name, the ones this person is in; their case does not matter.</param>
/// <param name="Categories">That this person's approver grants name in the pool pair.</param>
/// <param name="Exclusion">Part of the work is theirs.</param>
internal sealed record ReviewPerson(string Id, bool MayApprove, IReadOnlySet<string> Groups, IReadOnlySet<string> Categories, Exclusion? Exclusion = null)
{
    /// <summary>Has the operator's role for every room of the batch; known of those alone who asked for an emergency start or confirmed it.</summary>
    public bool MayOperate { get; init; }

    public bool Counts => MayApprove && Exclusion is null;

    /// <summary>Whether an approval of this person could fill the need: of the whole, or of the categories that are theirs.</summary>
    public bool CouldFill(string need) => Exclusion is null && Fills(need) && (MayApprove || ReviewFacts.CategoryOf(need) is not null);

    /// <summary>Of these needs, the categories for which this person may approve a part alone; none where they may approve the whole.</summary>
    public IReadOnlyList<string> PartOf(IEnumerable<string> needs) =>
        MayApprove || Exclusion is not null ? [] : [.. needs.Select(ReviewFacts.CategoryOf).OfType<string>().Where(Categories.Contains)];

    public bool Fills(string need) =>
        need.StartsWith(PolicyRule.Group, StringComparison.Ordinal) ? Groups.Contains(need[PolicyRule.Group.Length..])
        : ReviewFacts.CategoryOf(need) is { } category && Categories.Contains(category);
}

/// <summary>One decision as it was kept.</summary>
/// <param name="Person">Account name; a token decides as its owner.</param>
/// <param name="Round">Of the review it was made in; an ended round never counts again, even if its fingerprint returns.</param>
/// <param name="Part">The categories that were approved; null for the whole.</param>
/// <param name="LostAt">When it stopped counting for good: withdrawn, expired, its maker's right gone, its round over.</param>
internal sealed record ReviewDecision(string Person, DateTimeOffset At, Verdict Verdict, string Fingerprint, long Round, DateTimeOffset? LostAt = null, IReadOnlyList<string>? Part = null);

/// <summary>A start that two people want without the approvals, as it was kept.</summary>
/// <param name="AskedBy">Account name; a token acts as its owner.</param>
internal sealed record EmergencyStart(string AskedBy, string ConfirmedBy, DateTimeOffset ConfirmedAt, string Fingerprint, long Round)
{
    /// <summary>An emergency is now: what did not start within a day is asked for again, or approved.</summary>
    public static readonly TimeSpan HoldsFor = TimeSpan.FromHours(24);

    /// <summary>Of the kept request.</summary>
    public long Id { get; init; }

    public DateTimeOffset EndsAt => ConfirmedAt + HoldsFor;
}
