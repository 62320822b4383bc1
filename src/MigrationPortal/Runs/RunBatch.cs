namespace MigrationPortal.Runs;

internal sealed class RunBatch
{
    public Task HandleAsync(long batchId, CancellationToken cancellationToken) => throw new NotSupportedException();
}
