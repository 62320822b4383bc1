using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace MigrationPortal.Engine.Files;

/// <param name="Problem">Why it is not, or not as in legacy, in the new store.</param>
/// <param name="Part">Whole, and not under its own name yet; null where nothing is left to do.</param>
internal readonly record struct CopiedFile(FileProblem? Problem, LedgerFile? Part);

/// <summary>
/// Copies one file in two steps: to a name beside its own, to the disk, read back and compared; and, once the ledger knows what it
/// is, renamed. Nothing that is there is ever overwritten. Killed anywhere and called again, it ends as if nothing had happened.
/// </summary>
internal sealed class FileCopy(FileStore legacy, FileStore target, IFileJournal journal)
{
    /// <param name="known">What the ledger has of it.</param>
    public async Task<CopiedFile> CopyAsync(StorePath path, LedgerFile? known, CancellationToken cancellationToken)
    {
        var (source, problem) = legacy.OpenRead(path);
        if (source is null) return new(problem, null);
        using var open = source;
        if (!target.Has(path) && (OperatingSystem.IsWindows() ? null : target.Index.FindTwin(target, path)) is null) return await WriteAsync(source, cancellationToken);
        var (found, hidden) = target.OpenRead(path);
        if (found is null) return new(hidden is FileProblem.Missing or FileProblem.NotRegular ? FileProblem.Differs : hidden, null);
        using var there = found;
        return new(known is { IsConfirmed: true } ? StillThere(known, source, there) : await SettleAsync(known, source, there, cancellationToken), null);
    }

    /// <summary>Gives a sealed part its name.</summary>
    public FileProblem? Finish(LedgerFile part)
    {
        var path = StorePath.Read(part.Path).Path ?? throw new InvalidOperationException("A part has the path it was copied for.");
        try
        {
            // Refuses where something is now.
            File.Move(PartOf(path), target.Place(path), overwrite: false);
        }
        catch (IOException) when (target.Has(path))
        {
            File.Delete(PartOf(path));
            return FileProblem.Differs;
        }
        target.Index.Add(path);
        return null;
    }

    // Content is compared by the verification; here, what costs nothing.
    private static FileProblem? StillThere(LedgerFile known, OpenFile source, OpenFile there) =>
        there.Length != known.Length ? FileProblem.Differs
        : source.Length != known.Length || source.Modified.Ticks != known.ModifiedTicks ? FileProblem.Changed : null;

    // Somebody's, or this batch's own from the moment between rename and confirmation: the content tells.
    private async Task<FileProblem?> SettleAsync(LedgerFile? known, OpenFile source, OpenFile there, CancellationToken cancellationToken)
    {
        var (length, sha256) = await FileHash.OfAsync(there, cancellationToken);
        if (known?.Sha256 is { } written && written.AsSpan().SequenceEqual(sha256))
        {
            File.Delete(PartOf(there.Path));
            await journal.ConfirmAsync([there.Path.Value], cancellationToken);
            return null;
        }
        var own = await FileHash.OfAsync(source, cancellationToken);
        if (own.Length != length || !own.Sha256.AsSpan().SequenceEqual(sha256)) return FileProblem.Differs;
        await journal.NoteAsync(new LedgerFile(there.Path.Value, length, source.Modified.Ticks, sha256, IsOurs: false, IsConfirmed: true), cancellationToken);
        return null;
    }

    private async Task<CopiedFile> WriteAsync(OpenFile source, CancellationToken cancellationToken)
    {
        var path = source.Path;
        if (!await MakeFolderAsync(path.Folder, cancellationToken)) return new(FileProblem.LeavesStore, null);
        var part = PartOf(path);
        // What a killed copy left, or a link that somebody put there: never written through.
        File.Delete(part);
        var (length, sha256) = await WritePartAsync(source, part, cancellationToken);
        if (length != source.Length || RandomAccess.GetLength(source.Handle) != length || File.GetLastWriteTimeUtc(source.Handle) != source.Modified)
        {
            File.Delete(part);
            return new(FileProblem.Changed, null);
        }
        File.SetLastWriteTimeUtc(part, source.Modified);
        return new(null, new LedgerFile(path.Value, length, source.Modified.Ticks, sha256, IsOurs: true, IsConfirmed: false));
    }

    private static async Task<(long Length, byte[] Sha256)> WritePartAsync(OpenFile source, string part, CancellationToken cancellationToken)
    {
        (long Length, byte[] Sha256) read;
        using (var to = File.OpenHandle(part, FileMode.CreateNew, FileAccess.Write, FileShare.None))
        {
            read = await FileHash.ReadAsync(source.Handle, (bytes, at) => RandomAccess.WriteAsync(to, bytes, at, cancellationToken), cancellationToken);
            RandomAccess.FlushToDisk(to);
        }
        using var back = File.OpenHandle(part, FileMode.Open, FileAccess.Read, FileShare.Read, FileOptions.SequentialScan);
        var written = await FileHash.ReadAsync(back, null, cancellationToken);
        return written.Length == read.Length && written.Sha256.AsSpan().SequenceEqual(read.Sha256)
            ? read
            : throw new IOException("What was read back is not what was written.");
    }

    // Each folder is in the ledger before it is made, so that an undo takes it along.
    private async Task<bool> MakeFolderAsync(string folder, CancellationToken cancellationToken)
    {
        for (var at = 0; folder.Length > 0 && at >= 0;)
        {
            at = folder.IndexOf('/', at + 1);
            var below = at < 0 ? folder : folder[..at];
            var place = Path.Join(target.Root, below);
            if (!Directory.Exists(place))
            {
                await journal.IntendAsync([$"{below}/"], cancellationToken);
                Directory.CreateDirectory(place);
                await journal.ConfirmAsync([$"{below}/"], cancellationToken);
            }
            if (!target.IsInside(place)) return false;
        }
        return true;
    }

    private string PartOf(StorePath path) => PartOf(target, path.Value);

    /// <summary>Where a copy stands until it is whole: beside the file, so that renaming is all that is left to do.</summary>
    internal static string PartOf(FileStore store, string path)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(path)).AsSpan(0, 8));
        var name = string.Create(CultureInfo.InvariantCulture, $"{StorePath.PartPrefix}{hash}.part");
        return Path.Join(store.Root, path[..Math.Max(0, path.LastIndexOf('/'))], name);
    }
}
