using System.Data;
using MigrationPortal.Engine.Planning;
using MigrationPortal.Engine.Sql;

namespace MigrationPortal.Engine.Transfer;

/// <summary>
/// Writes everything but the messages, once: ids first into the journal, then the rows as intents, then one transaction on the
/// target, then the confirmation. Interrupted anywhere, it reads the target to learn whether that transaction happened.
/// </summary>
internal sealed class Preparation(WritingSession target, ChatDatabase legacy, MigrationPlan plan, ITransferJournal journal, TimeProvider time)
{
    public async Task<Outcome<IdAllocation>> RunAsync(CancellationToken cancellationToken)
    {
        var saved = await journal.FindAllocationAsync(cancellationToken);
        if (saved is not null)
        {
            if (await journal.HasConfirmedRowsAsync(cancellationToken)) return await new TargetChanges(target, plan).FindGoneAsync(cancellationToken) is { } gone ? gone : saved;
            var written = await CountWrittenAsync(saved, cancellationToken);
            if (written == saved.Nodes.Count)
            {
                await journal.ConfirmRowsAsync(cancellationToken);
                return saved;
            }
            if (written > 0)
                return new Refusal("target-changed.incomplete", RefusalKind.Stale, written, saved.Nodes.Count);
        }

        if (await FindVanishedAsync(cancellationToken) is { } vanished) return vanished;
        var facts = await TargetFacts.ReadAsync(target, time.GetUtcNow(), cancellationToken);
        if (!facts.IsDone) return facts.Refusal;
        var changes = new TargetChanges(target, plan);
        var present = await changes.ListPresentAsync(cancellationToken);
        if (await changes.FindRefusalAsync(present, cancellationToken) is { } changed) return changed;

        var ids = saved is not null && await AreFreeAsync(saved, cancellationToken) ? saved : IdAllocator.Allocate(plan, facts.Value);
        if (!ReferenceEquals(ids, saved)) await journal.SaveAllocationAsync(ids, cancellationToken);
        var tables = new PlannedRows(plan, new IdMap(plan, ids, present), facts.Value, target.Dialect).List();
        await journal.IntendRowsAsync([.. tables.SelectMany(x => x.Rows.Select(x.Table.Ledger))], cancellationToken);
        await WriteAsync(tables, facts.Value, cancellationToken);
        await journal.ConfirmRowsAsync(cancellationToken);
        return ids;
    }

    private async Task WriteAsync(IReadOnlyList<TableRows> tables, TargetFacts facts, CancellationToken cancellationToken)
    {
        await target.BeginAsync(IsolationLevel.ReadCommitted, cancellationToken);
        foreach (var (table, rows) in tables)
        {
            if (rows.Count == 0) continue;
            await target.Dialect.InsertAsync(target, table.Name, table.Columns, rows, cancellationToken);
            var key = table.Columns[0].Name;
            if (facts.Schema.Catalog.Find(table.Name, key) is { IsIdentity: true })
                await target.Dialect.AdvanceIdentityAsync(target, table.Name, key, rows.Max(x => (int)x[0]!), cancellationToken);
        }
        await target.CommitAsync(cancellationToken);
    }

    /// <summary>How many of the allocated nodes stand in the target under their guid and their id.</summary>
    private async Task<int> CountWrittenAsync(IdAllocation ids, CancellationToken cancellationToken)
    {
        var rows = await target.ListAnyOfAsync(
            "select nodeGuid, nodeID from tblNode", "nodeGuid", ids.Nodes.Keys.Cast<object>(), row => (Guid: row.GetGuid(0), Id: row.GetInt32(1)), cancellationToken);
        return rows.Count(x => ids.Nodes[x.Guid] == x.Id);
    }

    // Another batch may have been written between our allocation and our rows; then its ids are the ones we wanted.
    private async Task<bool> AreFreeAsync(IdAllocation ids, CancellationToken cancellationToken)
    {
        var nodes = await target.ListAnyOfAsync(
            "select nodeID from tblNode", "nodeID", ids.Nodes.Values.Cast<object>(), row => row.GetInt32(0), cancellationToken);
        var principals = await target.ListAnyOfAsync(
            "select prinID from tblPrincipal", "prinID", ids.Principals.Values.Cast<object>(), row => row.GetInt32(0), cancellationToken);
        return nodes.Count + principals.Count == 0;
    }

    private async Task<Refusal?> FindVanishedAsync(CancellationToken cancellationToken)
    {
        var opened = await SqlDialect.For(legacy.Provider).OpenForReadingAsync(legacy, cancellationToken);
        if (!opened.IsDone) return opened.Refusal;
        await using var source = opened.Value;
        var there = await source.Dialect.GuardAsync<HashSet<Guid>>(legacy, async () =>
            (await source.ListAnyOfAsync(
                "select nodeGuid from tblNode", "nodeGuid", plan.Rooms.Select(x => (object)x.Guid), row => row.GetGuid(0), cancellationToken)).ToHashSet(), cancellationToken);
        if (!there.IsDone) return there.Refusal;
        var gone = plan.Rooms.Where(x => !there.Value.Contains(x.Guid)).Select(x => x.LegacyName).ToList();
        return gone.Count == 0 ? null : RoomEnds.Vanished(gone);
    }
}
