using MigrationPortal.Engine.Sql;

namespace MigrationPortal.Engine.Transfer;

/// <summary>Changes of rows whose commit nobody saw: the target says whether it happened.</summary>
internal static class RowRecovery
{
    /// <summary>They were one transaction: a row that is as it should be, which nobody else writes so, tells of all.</summary>
    public static async Task<bool> HaveHappenedAsync(ChatSession session, IReadOnlyList<RowChange> changes, CancellationToken cancellationToken)
    {
        var found = await new WrittenRows(session).HashAsync(changes, cancellationToken);
        var written = changes.Where(x => x.After is not null).ToList();
        return written.Count > 0
            ? written.Exists(x => RowChange.Same(found.GetValueOrDefault((x.Table, x.Key)), x.After))
            : changes.All(x => !found.ContainsKey((x.Table, x.Key)));
    }

    /// <summary>The ledger as it is once its open changes are settled.</summary>
    public static async Task<WrittenLedger> SettledAsync(ChatSession session, WrittenLedger ledger, CancellationToken cancellationToken)
    {
        if (ledger.Open.Count == 0) return ledger;
        if (!await HaveHappenedAsync(session, ledger.Open, cancellationToken)) return ledger with { Open = [] };
        var changed = ledger.Open.Select(x => (x.Table, x.Key)).ToHashSet();
        return new WrittenLedger(
            [.. ledger.Rows.Where(x => !changed.Contains((x.Table, x.Key))), .. from x in ledger.Open where x.After is not null select new LedgerRow(x.Table, x.Key, x.After!)],
            ledger.AreConfirmed);
    }
}
