using MigrationPortal.Engine;

namespace MigrationPortal.PoolPairs.Checking;

public enum CheckState
{
    Passed,
    /// <summary>Nothing that stops a migration.</summary>
    Warning,
    Failed,
    /// <summary>Not asked of this side, or only worth knowing.</summary>
    NotNeeded,
}

/// <summary>What is asked of a side, in the order in which it is shown.</summary>
public enum CheckKind
{
    Database,
    Product,
    FileStore,
    Read,
    Write,
    Waits,
    Snapshot,
    Documented,
    Other,
    Values,
    Note,
}

/// <summary>One answer about one side of a pool pair.</summary>
/// <param name="Note">What follows from it.</param>
/// <param name="Names">Of tables or rights, as the database spells them.</param>
/// <param name="Sql">What the database's administrator can run; never run by the portal.</param>
public sealed record PoolCheck(CheckKind Kind, CheckState State, Wording Sentence, Wording? Note = null, IReadOnlyList<string>? Names = null, string? Sql = null);

/// <param name="At">When both were asked.</param>
public sealed record PairChecks(IReadOnlyList<PoolCheck> Legacy, IReadOnlyList<PoolCheck> New, DateTimeOffset At)
{
    public int Warnings => Legacy.Concat(New).Count(x => x.State == CheckState.Warning);

    public int Failures => Legacy.Concat(New).Count(x => x.State == CheckState.Failed);
}
