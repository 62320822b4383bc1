namespace MigrationPortal.People;

/// <summary>What people may be picked out by.</summary>
internal enum PersonMark
{
    Federated,
    Disabled,

    /// <summary>No longer in the directory.</summary>
    Gone,

    /// <summary>Another principal of the same kind has the same name.</summary>
    SameName,

    /// <summary>By the plan of some batch.</summary>
    Gains,
    Loses,
}

internal sealed record PeopleFilter(string PoolPairId, string? Search = null, PersonMark? Mark = null);
