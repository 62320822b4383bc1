namespace MigrationPortal.Runs.Viewing;

/// <summary>
/// A button that a later feature has for the selected rooms of a run. Its parameters are <c>RunId</c>, <c>BatchId</c> and <c>PoolPairId</c> of the run, <c>Selected</c>
/// (the rooms' ids), and <c>OnDone</c>, which unselects the rooms that it names.
/// </summary>
internal sealed record RunRoomsAction(Type Content);

internal sealed class RunRoomsActions(IEnumerable<RunRoomsAction> actions)
{
    public IReadOnlyList<RunRoomsAction> All { get; } = [.. actions];
}
