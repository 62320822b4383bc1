using System.Text.Json.Serialization;
using MigrationPortal.Engine.Files;

namespace MigrationPortal.Engine.Undo;

/// <summary>Removes the files and folders that one batch made in the new store, and nothing that anybody else put there or changed.</summary>
public sealed class FileUndo(string store, IReadOnlyList<UndoneFile> ledger)
{
    public Task<Outcome<FilesToUndo>> PreviewAsync(CancellationToken cancellationToken) =>
        FileWork.RunAsync(() => PreviewHereAsync(cancellationToken), cancellationToken);

    /// <summary>Called again after an interruption, it goes on.</summary>
    /// <param name="files">Of a preview without obstacles.</param>
    /// <param name="progress">Files gone so far.</param>
    public Task<Outcome<long>> RemoveAsync(FilesToUndo files, Action<long> progress, CancellationToken cancellationToken) =>
        FileWork.RunAsync(() => RemoveHereAsync(files, progress, cancellationToken), cancellationToken);

    private async Task<Outcome<FilesToUndo>> PreviewHereAsync(CancellationToken cancellationToken)
    {
        var own = ledger.Where(x => x.File.IsOurs).OrderBy(x => x.File.Path, StringComparer.Ordinal).ToList();
        if (own.Count == 0) return FilesToUndo.None;
        var opened = FileStore.Open(store);
        if (!opened.IsDone) return opened.Refusal;
        try
        {
            var obstacles = new List<UndoObstacle>();
            var going = new List<LedgerFile>();
            foreach (var file in own.Where(x => !x.IsNeeded).Select(x => x.File))
            {
                var isThere = file.Sha256 is null || await IsAsWrittenAsync(opened.Value, file, cancellationToken);
                // Sealed and never confirmed: somebody was quicker, and what stands there was never this batch's.
                going.Add(isThere || file.IsConfirmed ? file : file with { Sha256 = null });
                if (!isThere && file.IsConfirmed)
                    obstacles.Add(new UndoObstacle("FileChanged", file.Path, new("Obstacle.FileChanged", file.Path)));
            }
            return new FilesToUndo(going, [.. own.Where(x => x.IsNeeded).Select(x => x.File)], obstacles);
        }
        catch (Exception failure) when (FileErrors.Recognises(failure))
        {
            return FileErrors.Explain(failure, store);
        }
    }

    private async Task<Outcome<long>> RemoveHereAsync(FilesToUndo files, Action<long> progress, CancellationToken cancellationToken)
    {
        if (files.Going.Count == 0) return 0L;
        var opened = FileStore.Open(store);
        if (!opened.IsDone) return opened.Refusal;
        try
        {
            var removed = 0L;
            foreach (var file in files.Going.Where(x => !IsFolder(x)))
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (StorePath.Read(file.Path).Path is not { } path || Path.GetDirectoryName(opened.Value.Place(path)) is not { } folder || !Directory.Exists(folder)) continue;
                if (folder != opened.Value.Root && !opened.Value.IsInside(folder)) continue;
                File.Delete(FileCopy.PartOf(opened.Value, file.Path));
                if (file.Sha256 is null) continue;
                // Hours after the preview, where many messages went first.
                if (!await IsAsWrittenAsync(opened.Value, file, cancellationToken)) return new Refusal("room-used-since.not-undone", RefusalKind.Conflict, new Wording("Obstacle.FileChanged", file.Path));
                File.Delete(opened.Value.Place(path));
                progress(++removed);
            }
            // The deepest first; one that somebody put something into stays.
            foreach (var folder in files.Going.Where(IsFolder).Select(x => Path.Join(opened.Value.Root, x.Path)).OrderByDescending(x => x.Length))
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (Directory.Exists(folder) && opened.Value.IsInside(folder) && !Directory.EnumerateFileSystemEntries(folder).Any()) Directory.Delete(folder);
            }
            return removed;
        }
        catch (Exception failure) when (FileErrors.Recognises(failure))
        {
            return FileErrors.Explain(failure, store);
        }
    }

    private static bool IsFolder(LedgerFile file) => file.Path.EndsWith('/');

    // Gone already is as good as removed.
    private static async Task<bool> IsAsWrittenAsync(FileStore store, LedgerFile file, CancellationToken cancellationToken)
    {
        if (StorePath.Read(file.Path).Path is not { } path) return true;
        var (found, problem) = store.OpenRead(path);
        if (found is null) return problem == FileProblem.Missing;
        using var open = found;
        if (open.Length != file.Length) return false;
        return (await FileHash.OfAsync(open, cancellationToken)).Sha256.AsSpan().SequenceEqual(file.Sha256);
    }
}

/// <param name="IsNeeded">Messages that another batch wrote link to it, too: it goes with the last.</param>
public sealed record UndoneFile(LedgerFile File, bool IsNeeded);

/// <param name="Going">Files and folders; as many as the batch made.</param>
/// <param name="Kept">They pass to another batch that needs them.</param>
public sealed record FilesToUndo(
    [property: JsonIgnore] IReadOnlyList<LedgerFile> Going, [property: JsonIgnore] IReadOnlyList<LedgerFile> Kept, [property: JsonIgnore] IReadOnlyList<UndoObstacle> Obstacles)
{
    public static FilesToUndo None { get; } = new([], [], []);

    public long FileCount => Going.Count(x => x.Sha256 is not null);

    public long KeptCount => Kept.Count(x => !x.Path.EndsWith('/'));

    public long Bytes => Going.Sum(x => x.Length);
}
