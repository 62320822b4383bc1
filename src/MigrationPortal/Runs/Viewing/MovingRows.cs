using MigrationPortal.Runs.Watching;

namespace MigrationPortal.Runs.Viewing;

/// <summary>
/// The moving rooms of a run in rows that keep their place: a room that begins takes the row of one that ended, so that nothing jumps and
/// a change is a change of cells. As many rows as rooms move at a time.
/// </summary>
internal sealed class MovingRows
{
    private readonly List<(TransferLine Line, RoomPace Pace)> _rows = [];

    public IReadOnlyList<(TransferLine Line, RoomPace Pace)> Rows => _rows;

    public void Take(IReadOnlyList<TransferLine> moving, DateTimeOffset now)
    {
        var next = moving.ToDictionary(x => x.Id);
        for (var i = 0; i < _rows.Count; i++)
        {
            if (next.Remove(_rows[i].Line.Id, out var line))
                _rows[i] = (line, _rows[i].Pace);
            else
                _rows[i] = default;
        }

        foreach (var line in next.Values.OrderBy(x => x.Ordinal))
        {
            var free = _rows.FindIndex(x => x.Line is null);
            if (free < 0)
                _rows.Add((line, new()));
            else
                _rows[free] = (line, new());
        }

        _rows.RemoveAll(x => x.Line is null);
        foreach (var (line, pace) in _rows.Where(x => x.Line.State == TransferState.Copying))
            pace.See(now, line.CopiedMessageCount);
    }
}
