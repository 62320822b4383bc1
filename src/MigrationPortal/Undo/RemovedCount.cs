using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Undo;
using MigrationPortal.Live;

namespace MigrationPortal.Undo;

/// <summary>How far an undo is, for the open pages.</summary>
internal sealed class RemovedCount(UndoRequest undo, IDbContextFactory<PortalDbContext> databases, LiveFeed feed, TimeProvider time)
{
    private static readonly TimeSpan _interval = TimeSpan.FromSeconds(1);

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

    /// <summary>Writes down what is removed while it goes on: for the open pages, and for a resume, which must not follow once an undo began.</summary>
    public async Task<T> WhileAsync<T>(Task<T> removing, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(_interval, time);
        var written = (Total, _files);
        while (await Task.WhenAny(removing, timer.WaitForNextTickAsync(CancellationToken.None).AsTask()) != removing)
        {
            if (written == (Total, _files))
                continue;
            try
            {
                written = (Total, _files);
                await FlushAsync(cancellationToken);
            }
            catch (Exception failure) when (failure is OperationCanceledException || Outage.Is(failure))
            {
                // Written with the next one, or by whoever goes on.
            }
        }

        return await removing;
    }

    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        var (messages, files) = (_before + Total, _files);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await db.Set<UndoRequest>().Where(x => x.Id == undo.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(x => x.RemovedMessageCount, messages).SetProperty(x => x.RemovedFileCount, files), cancellationToken);
        feed.Announce(BatchSubject.Of(undo.BatchId));
    }

    /// <param name="note">Why the undo does not move; null: it does.</param>
    public async Task NoteAsync(Wording? note, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await db.Set<UndoRequest>().Where(x => x.Id == undo.Id).ExecuteUpdateAsync(set => set.SetProperty(x => x.Note, note), cancellationToken);
        feed.Announce(BatchSubject.Of(undo.BatchId));
    }
}
