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
/// <param name="Groups">Of those that policies name, the ones this person is in.</param>
/// <param name="Exclusion">Part of the work is theirs.</param>
internal sealed record ReviewPerson(string Id, bool MayApprove, IReadOnlySet<string> Groups, Exclusion? Exclusion = null)
{
    public bool Counts => MayApprove && Exclusion is null;

    public bool Fills(string need) => need.StartsWith("Group:", StringComparison.Ordinal) && Groups.Contains(need["Group:".Length..]);
}

/// <summary>One decision as it was kept.</summary>
/// <param name="Round">Of the review it was made in; an ended round never counts again, even if its fingerprint returns.</param>
internal sealed record ReviewDecision(string Person, DateTimeOffset At, Verdict Verdict, string Fingerprint, int Round, DateTimeOffset? WithdrawnAt = null);
