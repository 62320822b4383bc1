using MigrationPortal.Engine.Transfer;

namespace MigrationPortal.Bench;

/// <summary>Remembers the allocation and forgets the rest: the bench measures copying, and its reference keeps no ledger either.</summary>
internal sealed class UnsafeJournal : ITransferJournal
{
    private IdAllocation? _allocation;

    public Task<IdAllocation?> FindAllocationAsync(CancellationToken cancellationToken) => Task.FromResult(_allocation);

    public Task SaveAllocationAsync(IdAllocation allocation, CancellationToken cancellationToken)
    {
        _allocation = allocation;
        return Task.CompletedTask;
    }

    public Task IntendRowsAsync(IReadOnlyList<LedgerRow> rows, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task ConfirmRowsAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<bool> HasConfirmedRowsAsync(CancellationToken cancellationToken) => Task.FromResult(true);

    public Task IntendPageAsync(LedgerPage page, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task ConfirmPageAsync(LedgerPage page, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<LedgerPage?> FindOpenPageAsync(Guid room, CancellationToken cancellationToken) => Task.FromResult<LedgerPage?>(null);

    public Task<long?> FindLastChatIdAsync(Guid room, CancellationToken cancellationToken) => Task.FromResult<long?>(null);

    public Task DropPageAsync(LedgerPage page, CancellationToken cancellationToken) => Task.CompletedTask;
}
