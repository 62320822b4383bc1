using MigrationPortal.Engine.Planning;

namespace MigrationPortal.PoolPairs;

/// <summary>Options that somebody wrote over others.</summary>
/// <param name="Seen">As they stood in the form when it was begun.</param>
/// <param name="Version">Of what had them then.</param>
public sealed record OptionsEdit(PlanOptions Wanted, PlanOptions Seen, int Version);
