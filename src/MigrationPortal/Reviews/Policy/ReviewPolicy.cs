using System.Text.Json.Serialization;

namespace MigrationPortal.Reviews.Policy;

/// <summary>Who of those who approved may still start the run.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<StarterRule>))]
public enum StarterRule
{
    Anyone,
    NotLastApprover,
    NoApprover,
}

/// <summary>What a pool pair asks for before a plan, an undo or a delta may start. Each version is kept; none is changed.</summary>
public sealed record ReviewPolicy
{
    /// <summary>What such a portal's administrators are advised to set: a second approval where rights or removal are at stake.</summary>
    public static ReviewPolicy Recommended { get; } = new()
    {
        Rules =
        [
            new(ReviewFacts.SecretRooms, 1, 2), new(ReviewFacts.Gaining, 1, 2), new(ReviewFacts.RootManagers, 1, 2), new(ReviewFacts.Undo, 1, 2),
            new(ReviewFacts.Messages, 500_000, 2),
        ],
    };

    public static ReviewPolicy Default { get; } = new();

    /// <summary>Approvals by different people, 1 to 5; a rule may raise it.</summary>
    public int Approvals { get; init; } = 1;

    public StarterRule Starter { get; init; }

    /// <summary>Hours until one approval no longer counts, 1 to 2160; null keeps it until the plan changes.</summary>
    public int? ExpiresAfterHours { get; init; } = 720;

    public IReadOnlyList<PolicyRule> Rules { get; init; } = [];

    /// <summary>Each warning needs a reason of its rule's own; acknowledging all of them at once is refused.</summary>
    public bool WarningsNeedReason { get; init; }

    /// <summary>Approvals do not suffice while a thread is open that somebody marked as to be resolved before.</summary>
    public bool OpenThreadsBlock { get; init; }

    /// <summary>Two people may start what has too few approvals; an auditor answers afterwards.</summary>
    public bool BreakGlass { get; init; }

    public TimeSpan? Lifetime => ExpiresAfterHours is { } hours ? TimeSpan.FromHours(hours) : null;
}

/// <summary>Asks for more where the facts of a submission reach a number.</summary>
/// <param name="Fact">One of <see cref="ReviewFacts.Names"/>, or <c>warnings:P12</c> for one rule of the preflight check.</param>
/// <param name="Approvals">The number needed then; rules never add up, the highest one counts.</param>
/// <param name="Needs"><c>Group:name</c>, as a role's grant names it, or <see cref="CategoryOwner"/>: one of them must be among those who approved.</param>
public sealed record PolicyRule(string Fact, long AtLeast, int? Approvals = null, string? Needs = null)
{
    public const string Group = "Group:";

    /// <summary>For every category of the batch that an approver's grant names, somebody who holds such a grant.</summary>
    public const string CategoryOwner = "CategoryOwner";

    public bool Applies(ReviewFacts facts) => facts[Fact] >= AtLeast;
}
