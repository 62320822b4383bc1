using MigrationPortal.Engine.Files;

namespace MigrationPortal.Tests.Engine.Files;

/// <summary>The contract of the files' journal, kept in memory, with a hook before each write.</summary>
internal sealed class MemoryFileJournal : IFileJournal
{
    public Dictionary<string, LedgerFile> Files { get; } = new(StringComparer.Ordinal);

    /// <summary>Called with the name of the step that is about to be recorded; throwing there is a crash at that point.</summary>
    public Action<string> Before { get; set; } = _ => { };

    public Task<LedgerFile?> FindAsync(string path, CancellationToken cancellationToken) => Task.FromResult(Files.GetValueOrDefault(path));

    public Task IntendAsync(string path, CancellationToken cancellationToken) =>
        Step(nameof(IntendAsync), () => Files[path] = new LedgerFile(path, 0, 0, null, IsOurs: true, IsConfirmed: false));

    public Task SealAsync(LedgerFile file, CancellationToken cancellationToken) => Step(nameof(SealAsync), () => Files[file.Path] = file with { IsOurs = true, IsConfirmed = false });

    public Task ConfirmAsync(string path, CancellationToken cancellationToken) => Step(nameof(ConfirmAsync), () => Files[path] = Files[path] with { IsConfirmed = true });

    public Task NoteAsync(LedgerFile file, CancellationToken cancellationToken) => Step(nameof(NoteAsync), () => Files[file.Path] = file with { IsOurs = false, IsConfirmed = true });

    private Task Step(string name, Action act)
    {
        Before(name);
        act();
        return Task.CompletedTask;
    }
}
