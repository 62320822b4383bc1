using MigrationPortal.Engine.Preflight;

namespace MigrationPortal.Engine.Planning;

/// <param name="Rooms">Guids of the legacy rooms of the batch.</param>
/// <param name="NewNames">A new name per room guid, where people chose one.</param>
/// <param name="Written">nodeGuids in the new pool that batches of this pair wrote: theirs may be reused, anybody else's block.</param>
public sealed record PlanRequest(
    ChatPool Legacy,
    ChatPool New,
    IReadOnlySet<Guid> Rooms,
    PlanOptions Options,
    IReadOnlyDictionary<Guid, string> NewNames,
    IReadOnlySet<Guid> Written);

public sealed record PlanResult(MigrationPlan Plan, IReadOnlyList<Finding> Findings);

/// <summary>Turns a legacy pool into a plan for some of its rooms. Pure: the same input gives the same plan, byte for byte.</summary>
public static class Planner
{
    public static PlanResult Plan(PlanRequest request) => throw new NotSupportedException(request.ToString());
}
