namespace MigrationPortal.Engine.Files;

/// <summary>
/// The write-ahead ledger of the files of one batch: a file is intended before its first byte is written, sealed with what it will be
/// before it gets its name, and confirmed after. An open intent is settled by reading the new store.
/// </summary>
public interface IFileJournal
{
    Task<LedgerFile?> FindAsync(string path, CancellationToken cancellationToken);

    /// <summary>A file, or a folder (its path ends with <c>/</c>), is about to be made.</summary>
    Task IntendAsync(string path, CancellationToken cancellationToken);

    Task SealAsync(LedgerFile file, CancellationToken cancellationToken);

    Task ConfirmAsync(string path, CancellationToken cancellationToken);

    /// <summary>The file stood there before, with that content: this batch needs it and did not write it.</summary>
    Task NoteAsync(LedgerFile file, CancellationToken cancellationToken);
}

/// <param name="Path">Below the root of the new store, joined by <c>/</c>; a folder's ends with one.</param>
/// <param name="ModifiedTicks">Of the legacy file: .NET ticks, UTC.</param>
/// <param name="Sha256">Null until the file is whole.</param>
/// <param name="IsOurs">False where the file was there already.</param>
public sealed record LedgerFile(string Path, long Length, long ModifiedTicks, byte[]? Sha256, bool IsOurs, bool IsConfirmed);
