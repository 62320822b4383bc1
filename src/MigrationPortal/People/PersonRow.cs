using MigrationPortal.Engine;

namespace MigrationPortal.People;

/// <param name="Kind">The name of a <see cref="PrincipalType"/>.</param>
/// <param name="State">0 active, 1 disabled, 2 gone from the directory; the worse one of both pools.</param>
/// <param name="SameNames">Principals of that kind and name, this one included.</param>
/// <param name="Gains">Rights more by the newest plans of all batches.</param>
/// <param name="Losses">Rights less by the same.</param>
internal sealed record PersonRow(Guid Guid, string Name, string Uri, string Kind, bool IsLegacy, bool IsNew, short State, long SameNames, long Gains, long Losses)
{
    public static readonly string[] FederatedKinds = [nameof(PrincipalType.ExternalUser), nameof(PrincipalType.FederatedUser), nameof(PrincipalType.FederatedGroup)];

    public bool IsFederated => FederatedKinds.Contains(Kind);
}

/// <summary>How many there are in all, and of each mark.</summary>
internal sealed record PeopleCounts(long All, IReadOnlyDictionary<PersonMark, long> Marks);
