using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Undo;
using MigrationPortal.Live;

namespace MigrationPortal.Undo;

/// <summary>How far an undo is, for the open pages.</summary>
internal sealed class RemovedCount(UndoRequest undo, IDbContextFactory<PortalDbContext> databases, LiveFeed feed)
{
    private readonly Dictionary<Guid, long> _rooms = [];

    /// <summary>Removed by this node.</summary>
    public long Total { get; private set; }

    // What a lost node removed stands there already; written whole, because the answer to a commit may get lost.
    private readonly long _before = undo.RemovedMessageCount;
    private long _files = undo.RemovedFileCount;

    public void Add(UndoProgress progress)
    {
        if (progress.Files > 0)
        {
            _files = Math.Max(_files, progress.Files);
            return;
        }

        Total += progress.Messages - _rooms.GetValueOrDefault(progress.Room);
        _rooms[progress.Room] = progress.Messages;
    }

    /// <summary>The engine counts each room from zero again.</summary>
    public void BeginAttempt() => _rooms.Clear();

    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        var (messages, files) = (_before + Total, _files);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await db.Set<UndoRequest>().Where(x => x.Id == undo.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(x => x.RemovedMessageCount, messages).SetProperty(x => x.RemovedFileCount, files), cancellationToken);
        feed.Announce($"batch:{undo.BatchId}");
    }

    /// <param name="note">Why the undo does not move; null: it does.</param>
    public async Task NoteAsync(Wording? note, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await db.Set<UndoRequest>().Where(x => x.Id == undo.Id).ExecuteUpdateAsync(set => set.SetProperty(x => x.Note, note), cancellationToken);
        feed.Announce($"batch:{undo.BatchId}");
    }
}
