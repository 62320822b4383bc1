using System.Data;
using System.Globalization;
using MigrationPortal.Engine.Planning;
using MigrationPortal.Engine.Reading;
using MigrationPortal.Engine.Sql;
using MigrationPortal.Engine.Transfer;

namespace MigrationPortal.Engine.Delta;

/// <summary>
/// Brings everything but the messages up to what the plan says now, in one transaction that the ledger knows of before and after.
/// Rooms in which somebody posted in the new pool are left alone here too.
/// </summary>
internal sealed class DeltaPreparation(WritingSession target, MigrationPlan plan, IDeltaJournal journal, TimeProvider time)
{
    private const int MostAttempts = 20;

    private readonly HashSet<int> _stopped = [];

    /// <summary>Nodes, by their number in the new pool, of which somebody changed a row while it was to be written.</summary>
    public IReadOnlySet<int> Stopped => _stopped;

    public async Task<Outcome<IdAllocation>> RunAsync(CancellationToken cancellationToken)
    {
        if (await journal.FindAllocationAsync(cancellationToken) is not { } saved || !await journal.HasConfirmedRowsAsync(cancellationToken))
            return new Refusal("not-run.delta");
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
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            nodes.ExceptWith(_stopped);
            var changes = await rows.FindAsync(planned, ledger.Rows, nodes, cancellationToken);
            if (changes.Count == 0 || await WriteAsync(changes, facts.Value.Schema.Catalog, cancellationToken)) return ids;
        }
        return Changed("too-fast", "");
    }

    /// <summary>All of them, or none: then the nodes whose rows somebody changed in between are left alone from here on.</summary>
    private async Task<bool> WriteAsync(IReadOnlyList<PlannedChange> changes, ChatCatalog catalog, CancellationToken cancellationToken)
    {
        await journal.IntendChangesAsync([.. changes.Select(x => x.Change)], cancellationToken);
        await target.BeginAsync(IsolationLevel.ReadCommitted, cancellationToken);
        if (await new RowWriter(target, catalog).WriteAsync(changes, cancellationToken) is not { } late)
        {
            await target.CommitAsync(cancellationToken);
            await journal.ConfirmRowsAsync(cancellationToken);
            return true;
        }
        await target.EndAsync();
        await journal.DropChangesAsync(cancellationToken);
        var found = await new WrittenRows(target).HashAsync(late.Select(x => x.Change), cancellationToken);
        // Only rows of nodes and rights are changed or removed: their keys begin with the node.
        _stopped.UnionWith(late.Where(x => !RowChange.Same(found.GetValueOrDefault((x.Change.Table, x.Change.Key)), x.Change.Before))
            .Select(x => int.Parse(x.Change.Key.Split('|')[0], CultureInfo.InvariantCulture)));
        return false;
    }

    private Refusal? FindRefusal(IdAllocation written, IReadOnlyDictionary<Guid, int> present)
    {
        foreach (var person in plan.Principals)
        {
            var isThere = present.TryGetValue(person.Guid, out var id);
            if (person.Action == PlannedAction.Create && isThere) return Changed("person-exists", person.Uri);
            if (person.Action == PlannedAction.Create && written.Principals.ContainsKey(person.Guid)) return Changed("person-gone", person.Uri);
            if (person.Action == PlannedAction.Reuse && (!isThere || id != person.NewId)) return Changed("person-gone", person.Uri);
        }
        return null;
    }

    /// <summary>Rooms with a message above all that this batch wrote there: each costs one look into the index.</summary>
    private async Task<HashSet<int>> ListUsedAsync(IdAllocation written, CancellationToken cancellationToken)
    {
        var last = await journal.ListLastChatIdsAsync(cancellationToken);
        var rooms = plan.Rooms.Where(x => written.Nodes.ContainsKey(x.Guid)).ToDictionary(x => written.Nodes[x.Guid], x => last.TryGetValue(x.Guid, out var id) ? id : (long?)null);
        var found = await target.ListAnyOfAsync(
            "select channelId, max(chatId) from tblChat", "channelId", rooms.Keys.Cast<object>(), row => (Room: row.Int(0), Last: row.TryLong(1)), cancellationToken, " group by channelId");
        return [.. found.Where(x => rooms[x.Room] is not { } ours || x.Last > ours).Select(x => x.Room)];
    }

    private static Refusal Changed(string what, string name) => new("target-changed.delta", RefusalKind.Stale, new Wording($"target-changed.{what}", name));
}
