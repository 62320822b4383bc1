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
    private readonly FileCopy _copy = new(from, to, journal);

    public async Task<Outcome<CopiedFiles>> CopyRoomAsync(PlannedRoom room, Action<FileProgress> progress, CancellationToken cancellationToken)
    {
        try
        {
            var (files, bytes, problems) = (0L, 0L, 0L);
            var total = await CountAsync(room, cancellationToken);
            progress(new(room.Guid, 0, total, 0));
            await foreach (var file in new RoomLinks(legacy, from, room).ReadAsync(cancellationToken))
            {
                if (file.Path is null) continue;
                var copied = await CopyAsync(file.Path, cancellationToken);
                if (!copied.IsDone) return copied.Refusal;
                if (copied.Value.Problem is null) files++;
                else problems++;
                bytes += copied.Value.Bytes;
                progress(new(room.Guid, files, Math.Max(total, files + problems), bytes));
            }
            return new CopiedFiles(room.Guid, files, files + problems, bytes, problems);
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

    public void Dispose() => _oneAtATime.Dispose();

    private async Task<long> CountAsync(PlannedRoom room, CancellationToken cancellationToken)
    {
        var total = 0L;
        await foreach (var file in new RoomLinks(legacy, from, room).ReadAsync(cancellationToken)) total += file.Path is null ? 0 : 1;
        return total;
    }

    private async Task<Outcome<CopiedFile>> CopyAsync(StorePath path, CancellationToken cancellationToken)
    {
        await _oneAtATime.WaitAsync(cancellationToken);
        try
        {
            return await _copy.CopyAsync(path, cancellationToken);
        }
        catch (Exception failure) when (FileErrors.Recognises(failure))
        {
            if (!Directory.Exists(from.Root)) return FileErrors.Away(from.Root);
            return Directory.Exists(to.Root) ? FileErrors.Explain(failure, to.Root, path.Value) : FileErrors.Away(to.Root);
        }
        finally
        {
            _oneAtATime.Release();
        }
    }
}
