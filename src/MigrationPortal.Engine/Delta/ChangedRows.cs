using System.Globalization;
using MigrationPortal.Engine.Reading;
using MigrationPortal.Engine.Sql;
using MigrationPortal.Engine.Transfer;

namespace MigrationPortal.Engine.Delta;

/// <param name="Values">The row as it shall be; null takes it away.</param>
internal sealed record PlannedChange(TargetTable Table, object?[]? Values, RowChange Change)
{
    /// <summary>The row as it was found; null where there is none.</summary>
    public object?[]? Found { get; init; }
}

/// <summary>
/// What has to change so that the rows of a batch are what its plan says now. Only rows that still are as the batch left them are changed
/// or taken away, and none is put where there is one: what somebody did in the new pool stays.
/// </summary>
internal sealed class ChangedRows(ChatSession target, ChatCatalog catalog)
{
    /// <param name="nodes">Categories and rooms that may be touched.</param>
    public async Task<IReadOnlyList<PlannedChange>> FindAsync(
        IReadOnlyList<TableRows> planned, IReadOnlyList<LedgerRow> ledger, IReadOnlySet<int> nodes, CancellationToken cancellationToken)
    {
        var hashes = ledger.ToDictionary(x => (x.Table, x.Key), x => x.Hash);
        var wanted = new List<PlannedChange>();
        var people = new HashSet<int>();
        foreach (var (table, rows) in planned)
            foreach (var row in rows)
            {
                var line = table.Ledger(row);
                var before = hashes.GetValueOrDefault((line.Table, line.Key));
                hashes.Remove((line.Table, line.Key));
                if (before is null && table.Name == TargetTables.Principal.Name) people.Add((int)row[0]!);
                if (IsOurs(table, row, before is null) && !(before?.AsSpan().SequenceEqual(line.Hash) ?? false))
                    wanted.Add(new PlannedChange(table, row, new RowChange(line.Table, line.Key, before, line.Hash)));
            }

        var rights = new[] { TargetTables.Role, TargetTables.Scope(catalog.ScopeTable) };
        wanted.AddRange(
            from gone in hashes
            let table = Array.Find(rights, x => x.Name.Equals(gone.Key.Table, StringComparison.OrdinalIgnoreCase))
            where table is not null && nodes.Contains(int.Parse(gone.Key.Key.Split('|')[0], CultureInfo.InvariantCulture))
            select new PlannedChange(table, null, new RowChange(gone.Key.Table, gone.Key.Key, gone.Value, null)));
        var found = await new WrittenRows(target).FindAsync(wanted.Select(x => x.Change), cancellationToken);
        return [.. from change in wanted
            let row = found.GetValueOrDefault((change.Change.Table, change.Change.Key))
            where RowChange.Same(row?.Ledger.Hash, change.Change.Before)
            select change with { Found = row?.Values }];

        // People, their sync marks and groups belong to directory sync once they are there: only those who come now are written.
        bool IsOurs(TargetTable table, object?[] row, bool isNew) => table.Name switch
        {
            "tblPrincipal" or "tblPrincipalMeta" => people.Contains((int)row[0]!),
            "tblPrincipalAffiliations" => people.Contains((int)row[0]!) || people.Contains((int)row[2]!),
            "tblSiopWhiteList" => isNew,
            _ => nodes.Contains((int)row[0]!),
        };
    }
}
