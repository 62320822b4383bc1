using MigrationPortal.Engine.Files;

namespace MigrationPortal.Tests.Engine.Files;

/// <summary>The contract of the files' journal, kept in memory, with a hook before each write.</summary>
internal sealed class MemoryFileJournal : IFileJournal
{
    public Dictionary<string, LedgerFile> Files { get; } = new(StringComparer.Ordinal);

    /// <summary>Called with the name of the step that is about to be recorded; throwing there is a crash at that point.</summary>
    public Action<string> Before { get; set; } = _ => { };

    public Task<IReadOnlyDictionary<string, LedgerFile>> FindAsync(IReadOnlyCollection<string> paths, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyDictionary<string, LedgerFile>>(paths.Where(Files.ContainsKey).ToDictionary(x => x, x => Files[x], StringComparer.Ordinal));

    public Task IntendAsync(IReadOnlyCollection<string> paths, CancellationToken cancellationToken) =>
        Step(nameof(IntendAsync), paths, x => Files.TryAdd(x, new LedgerFile(x, 0, 0, null, IsOurs: true, IsConfirmed: false)));

    public Task SealAsync(IReadOnlyCollection<LedgerFile> files, CancellationToken cancellationToken) =>
        Step(nameof(SealAsync), files, x => Files[x.Path] = x with { IsOurs = true, IsConfirmed = false });

    public Task ConfirmAsync(IReadOnlyCollection<string> paths, CancellationToken cancellationToken) => Step(nameof(ConfirmAsync), paths, x => Files[x] = Files[x] with { IsConfirmed = true });

    public Task NoteAsync(LedgerFile file, CancellationToken cancellationToken) => Step(nameof(NoteAsync), [file], x => Files[x.Path] = x with { IsOurs = false, IsConfirmed = true });

    private Task Step<T>(string name, IReadOnlyCollection<T> all, Action<T> act)
    {
        if (all.Count == 0) return Task.CompletedTask;
        Before(name);
        foreach (var one in all) act(one);
        return Task.CompletedTask;
    }
}
