using MigrationPortal.Engine.Sql;

namespace MigrationPortal.Engine.Transfer;

/// <summary>
/// Removes rows within the caller's transaction, and only while each is what was read of it: the statement that deletes compares every
/// column, so that nothing that somebody changes in between is lost.
/// </summary>
internal sealed class RowRemoval(WritingSession session)
{
    private const string Piece = "piece";

    /// <param name="rows">As they were read, in the order of the table's columns.</param>
    /// <param name="unless">Further conditions on the table's own rows; empty or beginning with <c> and </c>.</param>
    /// <returns>How many were removed: all of them, or somebody changed the others since.</returns>
    public async Task<long> DeleteAsync(TargetTable table, IReadOnlyCollection<object?[]> rows, CancellationToken cancellationToken, string unless = "")
    {
        if (rows.Count == 0) return 0;
        SqlColumn[] columns = [new(Piece, SqlType.Int), .. table.Columns.Select((x, i) => x with { Name = $"c{i}" })];
        var most = session.Dialect.PageRows;
        var staged = await session.Dialect.StageAsync(session, columns, rows.Select((x, i) => (object?[])[i / most, .. x]), cancellationToken);
        var same = string.Join(" and ", table.Columns.Select((x, i) => Same($"{table.Name}.{x.Name}", $"e.c{i}", x.Type, i < table.KeyLength)));
        var removed = 0L;
        for (var piece = 0; piece <= (rows.Count - 1) / most; piece++)
            removed += await session.Dialect.ChangeAsync(
                session.Command($"delete from {table.Name} where exists (select 1 from {staged} e where e.{Piece} = @piece and {same}){unless}", ("piece", piece)), cancellationToken);
        return removed;
    }

    private string Same(string column, string expected, SqlType type, bool isKey)
    {
        var equal = type == SqlType.Text ? session.Dialect.SameText(column, expected) : $"{column} = {expected}";
        return isKey ? equal : $"({equal} or ({column} is null and {expected} is null))";
    }
}
