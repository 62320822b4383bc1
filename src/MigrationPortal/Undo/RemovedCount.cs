using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Engine.Undo;
using MigrationPortal.Live;

namespace MigrationPortal.Undo;

/// <summary>How far an undo is, for the open pages.</summary>
internal sealed class RemovedCount(long undoId, long batchId, IDbContextFactory<PortalDbContext> databases, LiveFeed feed)
{
    private readonly Dictionary<Guid, long> _rooms = [];

    /// <summary>Removed by this node; what a lost one removed is in the database already.</summary>
    public long Total { get; private set; }

    private long _written;
    private long _files;

    public void Add(UndoProgress progress)
    {
        if (progress.Files > 0)
        {
            _files = progress.Files;
            return;
        }

        Total += progress.Messages - _rooms.GetValueOrDefault(progress.Room);
        _rooms[progress.Room] = progress.Messages;
    }

    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        var (more, files) = (Total - _written, _files);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await db.Set<UndoRequest>().Where(x => x.Id == undoId)
            .ExecuteUpdateAsync(set => set.SetProperty(x => x.RemovedMessageCount, x => x.RemovedMessageCount + more).SetProperty(x => x.RemovedFileCount, x => files > x.RemovedFileCount ? files : x.RemovedFileCount), cancellationToken);
        _written = Total;
        _rooms.Clear();
        feed.Announce($"batch:{batchId}");
    }

    public async Task NoteAsync(string? note, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await db.Set<UndoRequest>().Where(x => x.Id == undoId).ExecuteUpdateAsync(set => set.SetProperty(x => x.Note, note), cancellationToken);
        feed.Announce($"batch:{batchId}");
    }
}
