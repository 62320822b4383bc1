using System.Data;
using MigrationPortal.Engine.Planning;
using MigrationPortal.Engine.Sql;
using MigrationPortal.Engine.Transfer;

namespace MigrationPortal.Engine.Delta;

/// <summary>
/// Brings everything but the messages up to what the plan says now, in one transaction that the ledger knows of before and after.
/// Rooms in which somebody posted in the new pool are left alone here too.
/// </summary>
internal sealed class DeltaPreparation(WritingSession target, MigrationPlan plan, IDeltaJournal journal, TimeProvider time)
{
    public async Task<Outcome<IdAllocation>> RunAsync(CancellationToken cancellationToken)
    {
        if (await journal.FindAllocationAsync(cancellationToken) is not { } saved || !await journal.HasConfirmedRowsAsync(cancellationToken))
            return new Refusal("not-run", "A delta moves what came since the first run, and there was none.");
        var facts = await TargetFacts.ReadAsync(target, time.GetUtcNow(), cancellationToken);
        if (!facts.IsDone) return facts.Refusal;
        var rows = new ChangedRows(target, facts.Value.Schema.Catalog);
        var ledger = await journal.ListRowsAsync(cancellationToken);
        if (ledger.Open.Count > 0)
        {
            if (await RowRecovery.HaveHappenedAsync(target, ledger.Open, cancellationToken)) await journal.ConfirmRowsAsync(cancellationToken);
            else await journal.DropChangesAsync(cancellationToken);
            ledger = await journal.ListRowsAsync(cancellationToken);
        }

        var written = DeltaIds.Written(saved, ledger.Rows);
        var present = await new TargetChanges(target, plan).ListPresentAsync(cancellationToken);
        if (FindRefusal(written, present) is { } changed) return changed;
        var ids = DeltaIds.Extend(written, plan, facts.Value);
        await journal.SaveAllocationAsync(ids, cancellationToken);
        var used = await ListUsedAsync(written, cancellationToken);
        // What is not in the plan any more, a room that the legacy pool lost, stays as it is.
        var nodes = plan.Categories.Where(x => x.Action == PlannedAction.Create).Select(x => x.Guid).Concat(plan.Rooms.Select(x => x.Guid)).Select(x => ids.Nodes[x]).ToHashSet();
        nodes.ExceptWith(used);
        var planned = new PlannedRows(plan, new IdMap(plan, ids, present), facts.Value, target.Dialect).List();
        var changes = await rows.FindAsync(planned, ledger.Rows, nodes, cancellationToken);
        if (changes.Count == 0) return ids;
        await journal.IntendChangesAsync([.. changes.Select(x => x.Change)], cancellationToken);
        await target.BeginAsync(IsolationLevel.ReadCommitted, cancellationToken);
        await new RowWriter(target, facts.Value.Schema.Catalog).WriteAsync(changes, cancellationToken);
        await target.CommitAsync(cancellationToken);
        await journal.ConfirmRowsAsync(cancellationToken);
        return ids;
    }

    private Refusal? FindRefusal(IdAllocation written, IReadOnlyDictionary<Guid, int> present)
    {
        foreach (var person in plan.Principals)
        {
            var isThere = present.TryGetValue(person.Guid, out var id);
            if (person.Action == PlannedAction.Create && isThere) return Changed($"{person.Uri} is in the new pool by now");
            if (person.Action == PlannedAction.Create && written.Principals.ContainsKey(person.Guid)) return Changed($"{person.Uri}, whom this batch wrote, is not in the new pool any more");
            if (person.Action == PlannedAction.Reuse && (!isThere || id != person.NewId)) return Changed($"{person.Uri} is not in the new pool any more");
        }
        return null;
    }

    /// <summary>Rooms with a message above all that this batch wrote there: each costs one look into the index.</summary>
    private async Task<HashSet<int>> ListUsedAsync(IdAllocation written, CancellationToken cancellationToken)
    {
        var last = await journal.ListLastChatIdsAsync(cancellationToken);
        var rooms = plan.Rooms.Where(x => written.Nodes.ContainsKey(x.Guid)).ToDictionary(x => written.Nodes[x.Guid], x => last.TryGetValue(x.Guid, out var id) ? id : (long?)null);
        var used = new HashSet<int>();
        foreach (var piece in ValueLists.Of(rooms.Keys.Cast<object>()))
            used.UnionWith((await ChatSession.ListAsync(
                target.Command($"select channelId, max(chatId) from tblChat where channelId in ({piece}) group by channelId"), row => (Room: row.GetInt32(0), Last: row.GetInt64(1)), cancellationToken))
                .Where(x => rooms[x.Room] is not { } ours || x.Last > ours).Select(x => x.Room));
        return used;
    }

    private static Refusal Changed(string what) => new(
        "target-changed", $"The new pool has changed since the delta was planned: {what}. Nothing was written; ask for the delta again.", RefusalKind.Stale);
}
