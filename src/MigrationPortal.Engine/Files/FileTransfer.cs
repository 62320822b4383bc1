using MigrationPortal.Engine.Planning;
using MigrationPortal.Engine.Sql;

namespace MigrationPortal.Engine.Files;

/// <param name="Files">Of the room that stand in the new store, those of earlier attempts included.</param>
/// <param name="Total">Files found so far that its messages link to and that can be copied.</param>
/// <param name="Bytes">Written by this call.</param>
public readonly record struct FileProgress(Guid Room, long Files, long Total, long Bytes);

/// <param name="Problems">Files that are not in the new store as in the legacy one; the verification names them.</param>
public sealed record CopiedFiles(Guid Room, long Files, long Total, long Bytes, long Problems);

/// <summary>
/// Copies what the messages of a batch's rooms link to, one file at a time over all rooms. May be called again after any interruption.
/// A file with a problem stops no other; a store that is away, full or closed to the portal refuses the room.
/// </summary>
public sealed class FileTransfer(ChatDatabase legacy, FileStore from, FileStore to, IFileJournal journal) : IDisposable
{
    private readonly SemaphoreSlim _oneAtATime = new(1, 1);
    private readonly FileGroup _group = new(new FileCopy(from, to, journal), journal);

    public Task<Outcome<CopiedFiles>> CopyRoomAsync(PlannedRoom room, Action<FileProgress> progress, CancellationToken cancellationToken) =>
        FileWork.RunAsync(() => CopyRoomHereAsync(room, progress, cancellationToken), cancellationToken);

    public void Dispose() => _oneAtATime.Dispose();

    private async Task<Outcome<CopiedFiles>> CopyRoomHereAsync(PlannedRoom room, Action<FileProgress> progress, CancellationToken cancellationToken)
    {
        try
        {
            var (files, bytes, problems) = (0L, 0L, 0L);
            var total = await CountAsync(room, cancellationToken);
            progress(new(room.Guid, 0, total, 0));
            var waiting = new List<StorePath>(FileGroup.MaxFiles);
            await foreach (var file in new RoomLinks(legacy, from, room).ReadAsync(cancellationToken))
            {
                if (file.Path is not null) waiting.Add(file.Path);
                if (waiting.Count == FileGroup.MaxFiles && await CopyWaitingAsync() is { } stuck) return stuck;
            }
            if (await CopyWaitingAsync() is { } last) return last;
            return new CopiedFiles(room.Guid, files, files + problems, bytes, problems);

            async Task<Refusal?> CopyWaitingAsync()
            {
                while (waiting.Count > 0)
                {
                    var copied = await CopyAsync(waiting, cancellationToken);
                    if (!copied.IsDone) return copied.Refusal;
                    waiting.RemoveRange(0, copied.Value.Taken);
                    var group = copied.Value.Copied;
                    (files, problems, bytes) = (files + group.Files, problems + group.Problems, bytes + group.Bytes);
                    progress(new(room.Guid, files, Math.Max(total, files + problems), bytes));
                }
                return null;
            }
        }
        catch (ChatDatabaseException failure)
        {
            return failure.Refusal;
        }
        catch (Exception failure) when (FileErrors.Recognises(failure))
        {
            return FileErrors.Explain(failure, from.Root);
        }
    }

    private async Task<long> CountAsync(PlannedRoom room, CancellationToken cancellationToken)
    {
        var total = 0L;
        await foreach (var file in new RoomLinks(legacy, from, room).ReadAsync(cancellationToken)) total += file.Path is null ? 0 : 1;
        return total;
    }

    private async Task<Outcome<(CopiedGroup Copied, int Taken)>> CopyAsync(List<StorePath> paths, CancellationToken cancellationToken)
    {
        await _oneAtATime.WaitAsync(cancellationToken);
        try
        {
            return await _group.CopyAsync(paths, cancellationToken);
        }
        catch (Exception failure) when (FileErrors.Recognises(failure))
        {
            if (!Directory.Exists(from.Root)) return FileErrors.Away(from.Root);
            return Directory.Exists(to.Root) ? FileErrors.Explain(failure, to.Root) : FileErrors.Away(to.Root);
        }
        finally
        {
            _oneAtATime.Release();
        }
    }
}
