using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Runs.Working;

namespace MigrationPortal.Undo;

internal sealed class UndosOfPool : IPoolWriters
{
    public async Task<Wording?> DescribeAsync(PortalDbContext db, IQueryable<Batch> batches, CancellationToken cancellationToken)
    {
        // Whoever has a note waits as well.
        var name = await (
            from batch in batches
            join undo in db.Set<UndoRequest>() on batch.Id equals undo.BatchId
            where undo.State == UndoState.Running && undo.Note == null
            orderby undo.Id
            select batch.Name).FirstOrDefaultAsync(cancellationToken);
        return name is null ? null : new("Wait.Turn.Undo", name);
    }
}
