using MigrationPortal.Engine;
using MigrationPortal.Reviews.Policy;

namespace MigrationPortal.Reviews.Judging;

/// <summary>Somebody as the pages name them.</summary>
internal sealed record NamedPerson(string Person, string DisplayName);

internal sealed record NamedApproval(string Person, string DisplayName, DateTimeOffset At, DateTimeOffset? ExpiresAt);

/// <param name="Categories">As people read them.</param>
internal sealed record NamedPart(string Person, string DisplayName, DateTimeOffset At, DateTimeOffset? ExpiresAt, IReadOnlyList<string> Categories);

/// <summary>An approval that no longer counts, and who ended it.</summary>
internal sealed record LostApproval(string Person, string DisplayName, DateTimeOffset At, DateTimeOffset LostAt, string By, LossKind How, Wording? Reason)
{
    /// <summary>The account of <see cref="By"/>: two people may have one display name.</summary>
    public required string ByAccount { get; init; }
}

/// <summary>How far a review is and why, for one reader.</summary>
internal sealed record StandingView
{
    /// <summary>Not kept where the batch is a draft: what submitting now would ask for.</summary>
    public required Review Review { get; init; }

    public required bool IsProspect { get; init; }

    public required Standing Standing { get; init; }

    public required StarterRule Starter { get; init; }

    public required IReadOnlyList<NamedApproval> Counted { get; init; }

    public required IReadOnlyList<NamedPart> Parts { get; init; }

    public required IReadOnlyList<LostApproval> Lost { get; init; }

    /// <summary>Known approvers whose approval would count and is not there yet. Who never signed in is not known.</summary>
    public required IReadOnlyList<NamedPerson> Known { get; init; }

    /// <summary>For each need that is missing, who is known that could fill it.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<NamedPerson>> Fillers { get; init; }

    /// <summary>Known approvers who took part in the work.</summary>
    public required IReadOnlyList<(NamedPerson Person, Exclusion Why)> Excluded { get; init; }

    /// <summary>Of the pool pair now; another number than the review's says that the policy changed since.</summary>
    public required int CurrentPolicyVersion { get; init; }

    /// <summary>What the policy became since, where it is another version.</summary>
    public required PolicyDrift PolicyDrift { get; init; }

    /// <summary>Why the reader may not approve, though an approver.</summary>
    public Exclusion? Own { get; init; }

    /// <summary>The categories that the reader may approve, whose role does not reach every room.</summary>
    public IReadOnlyList<string> OwnPart { get; init; } = [];

    /// <summary>The reader is an approver, but neither of every room nor of a category that is needed.</summary>
    public bool IsOutside { get; init; }

    /// <summary>Why the reader may not start what is approved; null when they may, and while it is not approved.</summary>
    public Refusal? StarterRefusal { get; init; }

    /// <summary>The reader's own approval counts, of the whole or of a part.</summary>
    public bool HasOwn { get; init; }

    /// <summary>Whose emergency start counts: who asked and who confirmed.</summary>
    public (NamedPerson AskedBy, NamedPerson ConfirmedBy)? Emergency { get; init; }

    public bool IsOlderPolicy => Review.PolicyVersion != CurrentPolicyVersion;

    /// <summary>Fewer people are known who may approve than are still needed, or none for one of the needs.</summary>
    public bool IsShortOfPeople => Known.Count < Standing.Needed - Standing.Have || Fillers.Values.Any(x => x.Count == 0);
}
