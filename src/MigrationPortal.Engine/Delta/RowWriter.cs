using System.Globalization;
using MigrationPortal.Engine.Reading;
using MigrationPortal.Engine.Sql;

namespace MigrationPortal.Engine.Delta;

/// <summary>Writes changes within the caller's transaction: what is new first and in the order that foreign keys allow, then what changed, then what goes.</summary>
internal sealed class RowWriter(WritingSession target, ChatCatalog catalog)
{
    private const int KeysPerStatement = 100;

    public async Task WriteAsync(IReadOnlyList<PlannedChange> changes, CancellationToken cancellationToken)
    {
        // Categories come before rooms, both in one table: equal neighbours are one insert.
        foreach (var run in Neighbours(changes.Where(x => x.Change.Before is null)))
            await InsertAsync(run, cancellationToken);
        foreach (var change in changes.Where(x => x.Change is { Before: not null, After: not null }))
            await WritingSession.ExecuteAsync(Update(change), cancellationToken);
        foreach (var gone in changes.Where(x => x.Change.After is null).GroupBy(x => x.Table.Name))
            foreach (var piece in gone.Chunk(KeysPerStatement))
                await WritingSession.ExecuteAsync(target.Command($"delete from {gone.Key} where {string.Join(" or ", piece.Select(Key))}"), cancellationToken);
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
            $"update {change.Table.Name} set {string.Join(", ", set.Select(i => $"{columns[i].Name} = {(change.Values![i] is null ? "null" : $"@p{i}")}"))} where {Key(change)}",
            [.. set.Where(i => change.Values![i] is not null).Select(i => ($"p{i}", change.Values![i]!))]);
    }

    // Only rows of nodes and rights are changed or taken away: their keys are numbers.
    private static string Key(PlannedChange change) =>
        "(" + string.Join(" and ", change.Change.Key.Split('|').Select((x, i) => $"{change.Table.Columns[i].Name} = {int.Parse(x, CultureInfo.InvariantCulture)}")) + ")";

    private static IEnumerable<List<PlannedChange>> Neighbours(IEnumerable<PlannedChange> changes)
    {
        var run = new List<PlannedChange>();
        foreach (var change in changes)
        {
            if (run.Count > 0 && (run[0].Table.Name != change.Table.Name || run[0].Values![3] is bool one && change.Values![3] is bool other && one != other))
            {
                yield return run;
                run = [];
            }
            run.Add(change);
        }
        if (run.Count > 0) yield return run;
    }
}
