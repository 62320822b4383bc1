using MigrationPortal.Batches;
using MigrationPortal.Engine;

namespace MigrationPortal.Comments.Viewing;

/// <summary>The batch that threads on a page belong to, and who reads them.</summary>
internal sealed record ThreadPlace(long BatchId, string PairId, string Author, Caller Caller)
{
    public static ThreadPlace Of(Batch batch, Caller caller) => new(batch.Id, batch.PoolPairId, batch.Author, caller);
}
