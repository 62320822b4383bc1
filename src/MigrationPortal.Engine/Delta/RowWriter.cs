using MigrationPortal.Engine.Reading;
using MigrationPortal.Engine.Sql;
using MigrationPortal.Engine.Transfer;

namespace MigrationPortal.Engine.Delta;

/// <summary>
/// Writes changes within the caller's transaction: what is new first and in the order that foreign keys allow, then what changed, then what
/// goes. A row is changed or removed only while it is what was found, which the statement itself compares.
/// </summary>
internal sealed class RowWriter(WritingSession target, ChatCatalog catalog)
{
    /// <returns>Null when all was written; else changes that did not find their row as it was: the caller ends the transaction.</returns>
    public async Task<IReadOnlyList<PlannedChange>?> WriteAsync(IReadOnlyList<PlannedChange> changes, CancellationToken cancellationToken)
    {
        // Categories come before rooms, both in one table: equal neighbours are one insert.
        foreach (var run in Neighbours(changes.Where(x => x.Change.Before is null)))
            await InsertAsync(run, cancellationToken);
        foreach (var change in changes.Where(x => x.Change is { Before: not null, After: not null }))
            if (await target.Dialect.ChangeAsync(Update(change), cancellationToken) != 1) return [change];
        foreach (var gone in changes.Where(x => x.Change.After is null).GroupBy(x => x.Table.Name).Select(x => x.ToList()))
            if (await new RowRemoval(target).DeleteAsync(gone[0].Table, [.. gone.Select(x => x.Found!)], cancellationToken) != gone.Count) return gone;
        return null;
    }

    private async Task InsertAsync(List<PlannedChange> changes, CancellationToken cancellationToken)
    {
        var table = changes[0].Table;
        await target.Dialect.InsertAsync(target, table.Name, table.Columns, changes.Select(x => x.Values!), cancellationToken);
        if (catalog.Find(table.Name, table.Columns[0].Name) is { IsIdentity: true })
            await target.Dialect.AdvanceIdentityAsync(target, table.Name, table.Columns[0].Name, changes.Max(x => (int)x.Values![0]!), cancellationToken);
    }

    private System.Data.Common.DbCommand Update(PlannedChange change)
    {
        var columns = change.Table.Columns;
        var set = Enumerable.Range(change.Table.KeyLength, columns.Count - change.Table.KeyLength).ToList();
        return target.Command(
            $"update {change.Table.Name} set {string.Join(", ", set.Select(i => $"{columns[i].Name} = {(change.Values![i] is null ? "null" : $"@p{i}")}"))} where {string.Join(" and ", columns.Select(Same))}",
            [.. Parameters("p", change.Values!, set), .. Parameters("b", change.Found!, Enumerable.Range(0, columns.Count))]);

        string Same(SqlColumn column, int i) =>
            change.Found![i] is null ? $"{column.Name} is null" : column.Type == SqlType.Text ? target.Dialect.SameText(column.Name, $"@b{i}") : $"{column.Name} = @b{i}";
    }

    private static IEnumerable<(string, object)> Parameters(string prefix, object?[] values, IEnumerable<int> columns) =>
        columns.Where(i => values[i] is not null).Select(i => ($"{prefix}{i}", values[i]!));

    private static IEnumerable<List<PlannedChange>> Neighbours(IEnumerable<PlannedChange> changes)
    {
        var run = new List<PlannedChange>();
        foreach (var change in changes)
        {
            if (run.Count > 0 && (run[0].Table.Name != change.Table.Name || change.Table.Name == TargetTables.Node.Name && !Equals(run[0].Values![3], change.Values![3])))
            {
                yield return run;
                run = [];
            }
            run.Add(change);
        }
        if (run.Count > 0) yield return run;
    }
}
