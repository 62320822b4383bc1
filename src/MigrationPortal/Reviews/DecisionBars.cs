using MigrationPortal.Reviews.Judging;
using MigrationPortal.Reviews.Policy;

namespace MigrationPortal.Reviews;

/// <summary>Why somebody may not approve what a review asks for.</summary>
internal enum DecisionBar
{
    OutOfReach,
    OwnWork,
    HasApproved,
    PartApproved,
}

internal static class DecisionBars
{
    /// <summary>By what the judge knows of the caller, so that nobody is offered what the use case refuses.</summary>
    /// <returns>Null when they may.</returns>
    public static DecisionBar? Find(ReviewRead read, Standing standing, Caller caller)
    {
        if (!Rights.HasIn(caller, Role.Approver, read.Batch.PoolPairId))
            return DecisionBar.OutOfReach;
        if (read.Exclusions.ContainsKey(caller.Name))
            return DecisionBar.OwnWork;
        if (standing.Counted.Any(x => x.Person == caller.Name) || standing.Parts.Any(x => x.Person == caller.Name))
            return DecisionBar.HasApproved;
        // Somebody who signed in long ago is read with the decision alone.
        if (read.Case.People.GetValueOrDefault(caller.Name) is not { MayApprove: false } person)
            return null;
        var part = OwnPart.Of(person, read.Review.Needs, caller, read.Batch.PoolPairId).ToList();
        return part.Count == 0 ? DecisionBar.OutOfReach
            : part.Exists(x => standing.MissingNeeds.Contains(ReviewFacts.OwnerOf + x)) ? null : DecisionBar.PartApproved;
    }
}
