namespace MigrationPortal.Engine.Files;

/// <param name="Files">Now in the new store as in the legacy one.</param>
/// <param name="Problems">Not so; the verification names them.</param>
/// <param name="Bytes">Written by this call.</param>
internal readonly record struct CopiedGroup(int Files, int Problems, long Bytes);

/// <summary>Copies a few files with one round of the ledger for all of them: intended, copied beside their names, sealed, renamed, confirmed.</summary>
internal sealed class FileGroup(FileCopy copy, IFileJournal journal)
{
    /// <summary>As many files wait beside their names at most, and as many bytes, but for the last file's.</summary>
    public const int MaxFiles = 64;
    public const long MaxBytes = 64 * 1024 * 1024;

    /// <returns>How many of the paths were dealt with; the rest comes in another group.</returns>
    public async Task<(CopiedGroup Copied, int Taken)> CopyAsync(IReadOnlyList<StorePath> paths, CancellationToken cancellationToken)
    {
        var values = paths.Select(x => x.Value).ToList();
        var known = await journal.FindAsync(values, cancellationToken);
        await journal.IntendAsync([.. values.Where(x => !known.ContainsKey(x))], cancellationToken);
        var (parts, files, problems, bytes, taken) = (new List<LedgerFile>(), 0, 0, 0L, 0);
        foreach (var path in paths.TakeWhile(_ => bytes < MaxBytes))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var copied = await copy.CopyAsync(path, known.GetValueOrDefault(path.Value), cancellationToken);
            if (copied.Part is { } part) parts.Add(part);
            else if (copied.Problem is null) files++;
            else problems++;
            (bytes, taken) = (bytes + (copied.Part?.Length ?? 0), taken + 1);
        }

        await journal.SealAsync(parts, cancellationToken);
        var done = new List<string>();
        foreach (var part in parts)
        {
            // A rename that hung is the last one: somebody else may be at work on the rest.
            cancellationToken.ThrowIfCancellationRequested();
            if (copy.Finish(part) is null) done.Add(part.Path);
        }
        await journal.ConfirmAsync(done, cancellationToken);
        return (new(files + done.Count, problems + parts.Count - done.Count, bytes), taken);
    }
}
