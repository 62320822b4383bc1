using Microsoft.Win32.SafeHandles;

namespace MigrationPortal.Engine.Files;

/// <param name="Path">Null where <paramref name="Problem"/> says why there is none.</param>
/// <param name="Name">As the directory has it, below the root.</param>
/// <param name="ModifiedTicks">.NET ticks, UTC.</param>
public sealed record StoreEntry(StorePath? Path, string Name, long Length, long ModifiedTicks, FileProblem? Problem = null);

/// <summary>An open file of a store: what is read is what was judged, whatever somebody does to the name in between.</summary>
internal sealed record OpenFile(SafeFileHandle Handle, StorePath Path, long Length, DateTime Modified) : IDisposable
{
    public void Dispose() => Handle.Dispose();
}

/// <summary>
/// A directory that holds uploads. Nothing below it is reached by a way that leads out: neither by a name (<see cref="StorePath"/>) nor
/// by a symbolic link. Failures of the directory itself are <see cref="IOException"/>s, which <see cref="FileErrors"/> explains.
/// </summary>
public sealed class FileStore
{
    private readonly Lazy<StoreIndex> _index;
    private readonly string _real;

    private FileStore(string root)
    {
        Root = root;
        _real = RealPath.Of(root) ?? root;
        _index = new(() => StoreIndex.Of(this), LazyThreadSafetyMode.ExecutionAndPublication);
    }

    public string Root { get; }

    internal StoreIndex Index => _index.Value;

    /// <summary>Refuses with one sentence where the directory cannot be reached or read.</summary>
    public static Outcome<FileStore> Open(string root)
    {
        try
        {
            if (!Directory.Exists(root)) return FileErrors.Away(root);
            using var first = Directory.EnumerateFileSystemEntries(root).GetEnumerator();
            first.MoveNext();
            return new FileStore(Path.GetFullPath(root));
        }
        catch (Exception failure) when (FileErrors.Recognises(failure))
        {
            return FileErrors.Explain(failure, root);
        }
    }

    /// <summary>As <see cref="Open"/>, for whoever may have to stop while a share does not answer.</summary>
    public static Task<Outcome<FileStore>> OpenAsync(string root, CancellationToken cancellationToken) =>
        FileWork.RunAsync(() => Task.FromResult(Open(root)), cancellationToken);

    /// <summary>As <see cref="OpenLegacy"/>, for whoever may have to stop while a share does not answer.</summary>
    public static Task<Outcome<FileStore>> OpenLegacyAsync(string root, CancellationToken cancellationToken) =>
        FileWork.RunAsync(() => Task.FromResult(OpenLegacy(root)), cancellationToken);

    /// <summary>A share that is not mounted is an empty directory: nothing is concluded from one.</summary>
    public static Outcome<FileStore> OpenLegacy(string root)
    {
        var opened = Open(root);
        return opened.IsDone && !Directory.EnumerateFileSystemEntries(root).Any()
            ? new Refusal("file-store-empty", RefusalKind.Unavailable, root)
            : opened;
    }

    /// <summary>Gives every file away as the directory has it, one at a time.</summary>
    /// <returns>How many there are.</returns>
    public Task<Outcome<long>> ReadAllAsync(Func<StoreEntry, ValueTask> each, CancellationToken cancellationToken) =>
        FileWork.RunAsync(() => ReadAllHereAsync(each, cancellationToken), cancellationToken);

    private async Task<Outcome<long>> ReadAllHereAsync(Func<StoreEntry, ValueTask> each, CancellationToken cancellationToken)
    {
        var count = 0L;
        using var entries = List().GetEnumerator();
        while (true)
        {
            try
            {
                if (!entries.MoveNext()) return count;
            }
            catch (Exception failure) when (FileErrors.Recognises(failure))
            {
                return FileErrors.Explain(failure, Root);
            }
            // Whoever cancelled may have gone on already.
            cancellationToken.ThrowIfCancellationRequested();
            // What the caller does with it fails for reasons of its own.
            await each(entries.Current);
            count++;
        }
    }

    /// <summary>Every file, in no order, without following symbolic links to directories: what those hold stands where it is.</summary>
    internal IEnumerable<StoreEntry> List()
    {
        var open = new Stack<DirectoryInfo>([new DirectoryInfo(Root)]);
        while (open.TryPop(out var folder))
        {
            foreach (var entry in folder.EnumerateFileSystemInfos())
            {
                var name = Path.GetRelativePath(Root, entry.FullName).Replace(Path.DirectorySeparatorChar, '/');
                var isLink = entry.Attributes.HasFlag(FileAttributes.ReparsePoint);
                if (entry is DirectoryInfo below && !isLink)
                {
                    open.Push(below);
                    continue;
                }
                var real = isLink ? RealPath.Of(entry.FullName) : entry.FullName;
                if (real is null || (isLink && !IsBelow(real))) yield return new(null, name, 0, 0, FileProblem.LeavesStore);
                else if (entry is FileInfo file && !file.Name.StartsWith(StorePath.PartPrefix, StringComparison.OrdinalIgnoreCase))
                    yield return RegularFile.Is(real) ? Of(file, name) : new(null, name, 0, 0, FileProblem.NotRegular);
            }
        }
    }

    /// <summary>The file as the store spells it: as asked for, in other case, or, for a name that only one file can have, in another folder.</summary>
    internal (StorePath? Path, FileProblem? Problem) Locate(StorePath path) =>
        !File.Exists(Place(path)) ? Index.Find(this, path)
        : RealPath.Of(Place(path)) is not { } real || !IsBelow(real) ? (null, FileProblem.LeavesStore)
        : RegularFile.Is(real) ? (path, null) : (null, FileProblem.NotRegular);

    /// <summary>A file under this very name; null with the reason when there is none that may be read.</summary>
    internal (OpenFile? File, FileProblem? Problem) OpenRead(StorePath path)
    {
        try
        {
            if (RealPath.Of(Place(path)) is not { } real) return (null, FileProblem.Missing);
            if (!IsBelow(real)) return (null, FileProblem.LeavesStore);
            if (!RegularFile.Is(real)) return (null, FileProblem.NotRegular);
            var handle = File.OpenHandle(real, FileMode.Open, FileAccess.Read, FileShare.Read, FileOptions.SequentialScan);
            // Somebody may have put a link in the way since it was looked at; the open file itself says where it is.
            if (OperatingSystem.IsLinux() && RealPath.OfHandle(handle) is { } opened && !IsBelow(opened))
            {
                handle.Dispose();
                return (null, FileProblem.LeavesStore);
            }
            return (new OpenFile(handle, path, RandomAccess.GetLength(handle), File.GetLastWriteTimeUtc(handle)), null);
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            if (!Directory.Exists(Root)) throw;
            return (null, FileProblem.Missing);
        }
        catch (UnauthorizedAccessException)
        {
            return (null, FileProblem.Unreadable);
        }
    }

    internal bool Has(StorePath path) => File.Exists(Place(path));

    internal string Place(StorePath path) => Path.Join(Root, path.Value);

    /// <summary>Where something stands in truth, and whether that is in the store; also for a folder.</summary>
    internal bool IsInside(string place) => RealPath.Of(place) is { } real && IsBelow(real);

    private bool IsBelow(string real) => real.StartsWith(_real.TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private static StoreEntry Of(FileInfo file, string name)
    {
        var (path, problem) = StorePath.Read(name);
        return new(path, name, file.Length, file.LastWriteTimeUtc.Ticks, problem);
    }
}
