namespace MigrationPortal.Reviews.Policy;

/// <summary>A sentence as a code and its values; the reader's language makes the words.</summary>
/// <param name="Code">E.g. <c>rule</c>, <c>approvals-missing</c>, <c>threads-open</c>, <c>need-missing</c>.</param>
internal sealed record StandingNote(string Code, params IReadOnlyList<string> Values)
{
    public bool Equals(StandingNote? other) => other is not null && Code == other.Code && Values.SequenceEqual(other.Values, StringComparer.Ordinal);

    public override int GetHashCode() => HashCode.Combine(Code, Values.Count);
}

/// <param name="Person">Account id; a token counts as its owner.</param>
/// <param name="ExpiresAt">When it no longer counts; null for never.</param>
internal sealed record CountedApproval(string Person, DateTimeOffset At, DateTimeOffset? ExpiresAt);

/// <summary>The approval of somebody whose role does not reach every room: it fills the need for an owner, and never the number.</summary>
/// <param name="Categories">That are this person's now, of those they approved.</param>
internal sealed record CountedPart(string Person, DateTimeOffset At, DateTimeOffset? ExpiresAt, IReadOnlyList<string> Categories);

/// <summary>How far a review is: the same answer for the page, the API, the start and the sweep.</summary>
internal sealed record Standing
{
    public const string NeedMissing = "need-missing";

    public const string ThreadsOpen = "threads-open";

    public required int Needed { get; init; }

    /// <summary>Groups and owners of categories of whom one must have approved.</summary>
    public required IReadOnlyList<string> Needs { get; init; }

    /// <summary>Oldest first, one for each person.</summary>
    public required IReadOnlyList<CountedApproval> Counted { get; init; }

    /// <summary>Approvals of a part, oldest first, one for each person.</summary>
    public required IReadOnlyList<CountedPart> Parts { get; init; }

    /// <summary>What is still missing; empty when the policy is satisfied.</summary>
    public required IReadOnlyList<StandingNote> Missing { get; init; }

    /// <summary>Why so many, and why those people.</summary>
    public required IReadOnlyList<StandingNote> Why { get; init; }

    /// <summary>When it stops being satisfied if nothing else happens; null for never, or when it is not satisfied.</summary>
    public required DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>In place of approvals, people who are needed, and the rule about who starts; null where none counts.</summary>
    public EmergencyStart? Emergency { get; init; }

    public int Have => Counted.Count;

    public IEnumerable<string> MissingNeeds => Missing.Where(x => x.Code == NeedMissing).Select(x => x.Values[0]);

    /// <summary>Only an emergency start makes it so.</summary>
    public bool IsEmergency => Emergency is not null && Missing.Count > 0 && IsSatisfied;

    // Threads are no approvals: whoever marked one as to be resolved before, or somebody else, can resolve it.
    public bool IsSatisfied => Emergency is null ? Missing.Count == 0 : !Missing.Any(x => x.Code == ThreadsOpen);
}
