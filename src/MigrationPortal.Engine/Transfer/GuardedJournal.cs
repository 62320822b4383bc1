using System.Data.Common;
using MigrationPortal.Engine.Sql;

namespace MigrationPortal.Engine.Transfer;

/// <summary>Tells a failure of the journal's own database from one of the target.</summary>
internal class GuardedJournal(ITransferJournal journal) : ITransferJournal
{
    private static readonly Refusal _unavailable = new("journal-unavailable", RefusalKind.Unavailable);

    public Task<IdAllocation?> FindAllocationAsync(CancellationToken cancellationToken) => Guard(() => journal.FindAllocationAsync(cancellationToken));

    public Task SaveAllocationAsync(IdAllocation allocation, CancellationToken cancellationToken) =>
        Guard(() => journal.SaveAllocationAsync(allocation, cancellationToken));

    public Task IntendRowsAsync(IReadOnlyList<LedgerRow> rows, CancellationToken cancellationToken) => Guard(() => journal.IntendRowsAsync(rows, cancellationToken));

    public Task ConfirmRowsAsync(CancellationToken cancellationToken) => Guard(() => journal.ConfirmRowsAsync(cancellationToken));

    public Task<bool> HasConfirmedRowsAsync(CancellationToken cancellationToken) => Guard(() => journal.HasConfirmedRowsAsync(cancellationToken));

    public Task IntendPageAsync(LedgerPage page, CancellationToken cancellationToken) => Guard(() => journal.IntendPageAsync(page, cancellationToken));

    public Task ConfirmPageAsync(LedgerPage page, CancellationToken cancellationToken) => Guard(() => journal.ConfirmPageAsync(page, cancellationToken));

    public Task<LedgerPage?> FindOpenPageAsync(Guid room, CancellationToken cancellationToken) => Guard(() => journal.FindOpenPageAsync(room, cancellationToken));

    public Task<long?> FindLastChatIdAsync(Guid room, CancellationToken cancellationToken) => Guard(() => journal.FindLastChatIdAsync(room, cancellationToken));

    public Task DropPageAsync(LedgerPage page, CancellationToken cancellationToken) => Guard(() => journal.DropPageAsync(page, cancellationToken));

    internal static Task<bool> Guard(Func<Task> call) => Guard(async () =>
    {
        await call();
        return true;
    });

    internal static async Task<T> Guard<T>(Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (Exception failure) when (failure is DbException or IOException or TimeoutException)
        {
            throw new ChatDatabaseException(_unavailable, failure);
        }
    }
}
