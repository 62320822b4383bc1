using MigrationPortal.Engine;

namespace MigrationPortal.People;

/// <summary>What people may be picked out by.</summary>
public enum PersonMark
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

public enum PersonSort
{
    Name,
    Address,
    Gains,
    Losses,
}

/// <param name="Kind">Null shows people, groups and units alike.</param>
internal sealed record PeopleFilter(
    string PoolPairId, string? Search = null, PersonMark? Mark = null, PrincipalType? Kind = null, PersonSort Sort = PersonSort.Name, bool Descending = false);
