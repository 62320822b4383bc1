using MigrationPortal.Reviews.Policy;

namespace MigrationPortal.Reviews;

/// <summary>The part of a submission that somebody may approve whose role does not reach every room.</summary>
internal static class OwnPart
{
    /// <summary>Whether the caller reaches a category whose owner the review needs; what they may approve of it is asked with the decision.</summary>
    public static bool MayHave(Review? review, Caller caller, string poolPairId) =>
        review is not null && review.Needs.Select(ReviewFacts.CategoryOf).OfType<string>().Any(category => caller.Grants.Any(x => x.Role == Role.Approver && x.Covers(poolPairId, category)));

    /// <summary>
    /// Of the categories whose owners are needed, those that this person's own grants name and that the caller reaches: an API token with
    /// narrower bounds approves no more than they allow.
    /// </summary>
    /// <param name="person">Null for somebody who is not known.</param>
    public static IEnumerable<string> Of(ReviewPerson? person, IReadOnlyList<string> needs, Caller caller, string poolPairId) =>
        (person?.PartOf(needs) ?? []).Where(category => caller.Grants.Any(x => x.Role == Role.Approver && x.Covers(poolPairId, category)));
}
