using System.Globalization;
using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Data;

namespace MigrationPortal.Rooms.Viewing;

public sealed record RoomEvent(DateTimeOffset At, string By, string Kind, string? BatchId, string? BatchName, string? Detail);

/// <summary>What happened to a room: the events of every batch it was in, and what was decided about it.</summary>
internal sealed class RoomHistory(IDbContextFactory<PortalDbContext> contexts)
{
    /// <summary>The newest; older ones stand in the batches' own histories.</summary>
    private const int MaxEvents = 500;

    public async Task<IReadOnlyList<RoomEvent>> ListAsync(RoomView view, CancellationToken cancellationToken)
    {
        var id = long.Parse(view.Row.Id, CultureInfo.InvariantCulture);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var events = await (
            from hold in db.Set<BatchRoom>()
            join batch in db.Set<Batch>() on hold.BatchId equals batch.Id
            join happened in db.Set<BatchEvent>() on batch.Id equals happened.BatchId
            where hold.RoomId == id
            orderby happened.At descending, happened.Id descending
            select new { happened.At, happened.By, happened.Kind, BatchId = batch.Id, batch.Name, happened.Detail }).Take(MaxEvents).ToListAsync(cancellationToken);
        var all = events.ConvertAll(x => new RoomEvent(x.At, x.By, x.Kind, x.BatchId.ToString(CultureInfo.InvariantCulture), x.Name, x.Detail));
        if (view.Row.LeftOut is { } leftOut)
            all.Add(new RoomEvent(leftOut.At, leftOut.By, "LeftOut", null, null, leftOut.Reason));
        if (view.Row.Accepted is { } accepted)
            all.Add(new RoomEvent(accepted.At, accepted.By, "DifferenceAccepted", null, null, accepted.Reason));
        return [.. all.OrderByDescending(x => x.At)];
    }
}
