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
    public bool Counts => MayApprove && Exclusion is null;

    public bool Fills(string need) =>
        need.StartsWith(PolicyRule.Group, StringComparison.Ordinal) ? Groups.Contains(need[PolicyRule.Group.Length..])
        : need.StartsWith(ReviewFacts.OwnerOf, StringComparison.Ordinal) && Categories.Contains(need[ReviewFacts.OwnerOf.Length..]);
}

/// <summary>One decision as it was kept.</summary>
/// <param name="Person">Account name; a token decides as its owner.</param>
/// <param name="Round">Of the review it was made in; an ended round never counts again, even if its fingerprint returns.</param>
/// <param name="LostAt">When it stopped counting for good: withdrawn, expired, its maker's right gone, its round over.</param>
internal sealed record ReviewDecision(string Person, DateTimeOffset At, Verdict Verdict, string Fingerprint, long Round, DateTimeOffset? LostAt = null);
