namespace MigrationPortal.Engine.Files;

/// <summary>
/// The write-ahead ledger of the files of one batch: a file is intended before its first byte is written, sealed with what it will be
/// before it gets its name, and confirmed after; several at a time, since each call waits for a disk. An open intent is settled by
/// reading the new store.
/// </summary>
public interface IFileJournal
{
    /// <summary>Those of the paths that the ledger knows.</summary>
    Task<IReadOnlyDictionary<string, LedgerFile>> FindAsync(IReadOnlyCollection<string> paths, CancellationToken cancellationToken);

    /// <summary>Files, or folders (whose path ends with <c>/</c>), are about to be made; what is known of one already stays.</summary>
    Task IntendAsync(IReadOnlyCollection<string> paths, CancellationToken cancellationToken);

    /// <summary>What the files will be; they are this batch's own from here on, and not confirmed.</summary>
    Task SealAsync(IReadOnlyCollection<LedgerFile> files, CancellationToken cancellationToken);

    Task ConfirmAsync(IReadOnlyCollection<string> paths, CancellationToken cancellationToken);

    /// <summary>The file stood there before, with that content: this batch needs it and did not write it.</summary>
    Task NoteAsync(LedgerFile file, CancellationToken cancellationToken);
}

/// <param name="Path">Below the root of the new store, joined by <c>/</c>; a folder's ends with one.</param>
/// <param name="ModifiedTicks">Of the legacy file: .NET ticks, UTC.</param>
/// <param name="Sha256">Null until the file is whole.</param>
/// <param name="IsOurs">False where the file was there already.</param>
public sealed record LedgerFile(string Path, long Length, long ModifiedTicks, byte[]? Sha256, bool IsOurs, bool IsConfirmed);
