using MigrationPortal.Runs;

namespace MigrationPortal.Runs.Viewing;

/// <summary>
/// Rows for a list whose lines leave and enter quickly: a line that enters takes the row of one that left, so that the browser is sent
/// the texts that differ, not a whole row.
/// </summary>
internal sealed class ReusedRows
{
    private Dictionary<long, long> _rows = [];

    /// <returns>The lines in their order, each with the key of its row.</returns>
    public IReadOnlyList<(long Row, TransferLine Line)> Take(IReadOnlyList<TransferLine> lines)
    {
        var staying = lines.Where(x => _rows.ContainsKey(x.Id)).ToDictionary(x => x.Id, x => _rows[x.Id]);
        var used = staying.Values.ToHashSet();
        var free = new Queue<long>(Enumerable.Range(0, lines.Count).Select(x => (long)x).Where(x => !used.Contains(x)));
        _rows = lines.ToDictionary(x => x.Id, x => staying.TryGetValue(x.Id, out var row) ? row : free.Dequeue());
        return [.. lines.Select(x => (_rows[x.Id], x))];
    }
}
