using MigrationPortal.Engine.Delta;
using MigrationPortal.Engine.Transfer;
using MigrationPortal.Engine.Undo;

namespace MigrationPortal.Tests.Engine;

/// <summary>The contract of the journal, kept in memory, with a hook before and after each write.</summary>
internal sealed class MemoryJournal : IDeltaJournal, IUndoLedger
{
    private readonly Lock _gate = new();
    private IdAllocation? _allocation;
    private bool _isConfirmed;
    private readonly List<RowChange> _open = [];
    private readonly List<LedgerPage> _fillings = [];

    public List<LedgerRow> Rows { get; } = [];

    public List<(LedgerPage Page, bool IsConfirmed)> Pages { get; } = [];

    /// <summary>Called with the name of the step that is about to be recorded; throwing there is a crash at that point.</summary>
    public Action<string> Before { get; set; } = _ => { };

    public Task<IdAllocation?> FindAllocationAsync(CancellationToken cancellationToken) => Task.FromResult(_allocation);

    public Task SaveAllocationAsync(IdAllocation allocation, CancellationToken cancellationToken) => Step(nameof(SaveAllocationAsync), () => _allocation = allocation);

    public Task IntendRowsAsync(IReadOnlyList<LedgerRow> rows, CancellationToken cancellationToken) => Step(nameof(IntendRowsAsync), () =>
    {
        Rows.Clear();
        Rows.AddRange(rows);
    });

    public Task ConfirmRowsAsync(CancellationToken cancellationToken) => Step(nameof(ConfirmRowsAsync), () =>
    {
        _isConfirmed = true;
        Rows.RemoveAll(x => _open.Exists(y => (y.Table, y.Key) == (x.Table, x.Key)));
        Rows.AddRange(from x in _open where x.After is not null select new LedgerRow(x.Table, x.Key, x.After!));
        _open.Clear();
    });

    public Task<bool> HasConfirmedRowsAsync(CancellationToken cancellationToken) => Task.FromResult(_isConfirmed);

    public Task IntendPageAsync(LedgerPage page, CancellationToken cancellationToken) => Step(nameof(IntendPageAsync), () => Pages.Add((page, false)));

    public Task ConfirmPageAsync(LedgerPage page, CancellationToken cancellationToken) => Step(nameof(ConfirmPageAsync), () =>
        Pages[Pages.FindIndex(x => x.Page.Room == page.Room && x.Page.FirstChatId == page.FirstChatId && !x.IsConfirmed)] = (page, true));

    public Task<LedgerPage?> FindOpenPageAsync(Guid room, CancellationToken cancellationToken)
    {
        lock (_gate) return Task.FromResult<LedgerPage?>(Pages.SingleOrDefault(x => x.Page.Room == room && !x.IsConfirmed).Page);
    }

    public Task<long?> FindLastChatIdAsync(Guid room, CancellationToken cancellationToken)
    {
        lock (_gate) return Task.FromResult(Pages.Where(x => x.Page.Room == room).Max(x => (long?)x.Page.LastChatId));
    }

    public Task DropPageAsync(LedgerPage page, CancellationToken cancellationToken) =>
        Step(nameof(DropPageAsync), () => Pages.RemoveAll(x => x.Page.Room == page.Room && x.Page.FirstChatId == page.FirstChatId && !x.IsConfirmed));

    public Task<WrittenLedger> ListRowsAsync(CancellationToken cancellationToken) => Task.FromResult(new WrittenLedger([.. Rows], _isConfirmed) { Open = [.. _open] });

    public Task<IReadOnlyList<LedgerPage>> ListPagesAsync(Guid room, CancellationToken cancellationToken)
    {
        lock (_gate) return Task.FromResult<IReadOnlyList<LedgerPage>>(
            [.. Pages.Select(x => x.Page).Where(x => x.Room == room).OrderBy(x => x.FirstChatId).Select(x => x with { Filled = _fillings.Find(y => y.Room == room && y.FirstChatId == x.FirstChatId) })]);
    }

    public Task ForgetPageAsync(LedgerPage page, CancellationToken cancellationToken) => Step(nameof(ForgetPageAsync), () => Pages.RemoveAll(x => x.Page.Room == page.Room && x.Page.FirstChatId == page.FirstChatId));

    public Task<IReadOnlyDictionary<Guid, long>> ListLastChatIdsAsync(CancellationToken cancellationToken)
    {
        lock (_gate) return Task.FromResult<IReadOnlyDictionary<Guid, long>>(Pages.GroupBy(x => x.Page.Room).ToDictionary(x => x.Key, x => x.Max(y => y.Page.LastChatId)));
    }

    public Task IntendChangesAsync(IReadOnlyList<RowChange> changes, CancellationToken cancellationToken) => Step(nameof(IntendChangesAsync), () =>
    {
        _open.Clear();
        _open.AddRange(changes);
    });

    public Task DropChangesAsync(CancellationToken cancellationToken) => Step(nameof(DropChangesAsync), _open.Clear);

    public Task IntendFillingAsync(LedgerPage filled, CancellationToken cancellationToken) => Step(nameof(IntendFillingAsync), () => _fillings.Add(filled));

    public Task<LedgerPage?> FindOpenFillingAsync(Guid room, CancellationToken cancellationToken)
    {
        lock (_gate) return Task.FromResult(_fillings.SingleOrDefault(x => x.Room == room));
    }

    public Task ConfirmFillingAsync(LedgerPage filled, CancellationToken cancellationToken) => Step(nameof(ConfirmFillingAsync), () =>
    {
        Pages[Pages.FindIndex(x => x.Page.Room == filled.Room && x.Page.FirstChatId == filled.FirstChatId)] = (filled, true);
        _fillings.RemoveAll(x => x.Room == filled.Room);
    });

    public Task DropFillingAsync(LedgerPage filled, CancellationToken cancellationToken) => Step(nameof(DropFillingAsync), () => _fillings.RemoveAll(x => x.Room == filled.Room));

    private Task Step(string name, Action act)
    {
        Before(name);
        lock (_gate) act();
        return Task.CompletedTask;
    }
}
