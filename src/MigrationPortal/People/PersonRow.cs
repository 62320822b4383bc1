using MigrationPortal.Engine;

namespace MigrationPortal.People;

/// <summary>One person, group or unit of both pools.</summary>
public sealed record PersonRow
{
    public Guid Guid { get; init; }
    public required string Name { get; init; }
    public required string Uri { get; init; }
    /// <summary>The name of a <see cref="PrincipalType"/>.</summary>
    public required string Kind { get; init; }
    public bool IsLegacy { get; init; }
    public bool IsNew { get; init; }
    /// <summary>0 active, 1 disabled, 2 gone from the directory; the worse one of both pools.</summary>
    public short State { get; init; }
    /// <summary>Principals of that kind and name, this one included.</summary>
    public long SameNames { get; init; }
    /// <summary>Rights more by the newest plans of all batches.</summary>
    public long Gains { get; init; }
    /// <summary>Rights less by the same.</summary>
    public long Losses { get; init; }

    internal static readonly string[] FederatedKinds = [nameof(PrincipalType.ExternalUser), nameof(PrincipalType.FederatedUser), nameof(PrincipalType.FederatedGroup)];

    /// <summary>In which pools: the name of the text that says so.</summary>
    public string Pools => IsLegacy && IsNew ? "InBoth" : IsLegacy ? "OnlyLegacy" : "OnlyNew";

    public bool IsFederated => FederatedKinds.Contains(Kind);
}

/// <summary>How many there are in all, and of each mark.</summary>
public sealed record PeopleCounts(long All, IReadOnlyDictionary<PersonMark, long> Marks);
