namespace MigrationPortal.Reviews.Policy;

/// <summary>Who of those who approved may still start the run.</summary>
internal enum StarterRule
{
    Anyone,
    NotLastApprover,
    NoApprover,
}

/// <summary>What a pool pair asks for before a plan, an undo or a delta may start. Each version is kept; none is changed.</summary>
internal sealed record ReviewPolicy
{
    public static ReviewPolicy Default { get; } = new();

    /// <summary>Approvals by different people, 1 to 5; a rule may raise it.</summary>
    public int Approvals { get; init; } = 1;

    public StarterRule Starter { get; init; }

    /// <summary>Hours until one approval no longer counts, 1 to 2160; null keeps it until the plan changes.</summary>
    public int? ExpiresAfterHours { get; init; } = 720;

    public IReadOnlyList<PolicyRule> Rules { get; init; } = [];

    public bool WarningsNeedReason { get; init; }

    public bool OpenThreadsBlock { get; init; }

    public TimeSpan? Lifetime => ExpiresAfterHours is { } hours ? TimeSpan.FromHours(hours) : null;
}

/// <summary>Asks for more where the facts of a submission reach a number.</summary>
/// <param name="Fact">One of <see cref="ReviewFacts.Names"/>, or <c>warnings:P12</c> for one rule of the preflight check.</param>
/// <param name="Approvals">The number needed then; rules never add up, the highest one counts.</param>
/// <param name="Needs">Somebody of <c>Group:name</c>, as a role's grant names it, must be among those who approved.</param>
internal sealed record PolicyRule(string Fact, long AtLeast, int? Approvals = null, string? Needs = null)
{
    public bool Applies(ReviewFacts facts) => facts[Fact] >= AtLeast;
}
