namespace MigrationPortal.Runs;

/// <summary>A run as programs read it; ids as strings.</summary>
internal sealed record RunResource(
    string Id,
    int Number,
    string BatchId,
    string PoolPairId,
    RunKind Kind,
    RunState State,
    string StartedBy,
    DateTimeOffset StartedAt,
    DateTimeOffset? FinishedAt,
    string Fingerprint,
    IReadOnlyList<string> Confirmations,
    string? Error,
    string? Note,
    string? Node,
    int? MessagesPerSecond,
    RunTotals Totals)
{
    public static RunResource Of(RunView run, RunTotals? totals) => new(
        RunApi.Id(run.Id),
        run.Number,
        RunApi.Id(run.BatchId),
        run.PoolPairId,
        run.Kind,
        run.State,
        run.StartedBy,
        run.StartedAt,
        run.FinishedAt,
        run.Fingerprint,
        run.Confirmations,
        run.Error?.ToString(),
        run.Note?.ToString(),
        run.Node,
        run.MessagesPerSecond,
        totals ?? RunTotals.Of([]));
}
