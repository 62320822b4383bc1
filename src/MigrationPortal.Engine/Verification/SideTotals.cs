using MigrationPortal.Engine.Sql;
using MigrationPortal.Engine.Transfer;

namespace MigrationPortal.Engine.Verification;

/// <summary>Sums one side's messages as they pass, and keeps nothing of them.</summary>
internal sealed class SideTotals : IDisposable
{
    private MessageDigest _digest = new();
    private long _count;
    private long? _first, _last, _firstTicks, _lastTicks;

    public void Add(MessageSource message, int author)
    {
        _count++;
        _first ??= message.ChatId;
        _last = message.ChatId;
        _firstTicks = Math.Min(_firstTicks ?? long.MaxValue, message.Ticks);
        _lastTicks = Math.Max(_lastTicks ?? long.MinValue, message.Ticks);
        _digest.Append(message, author);
    }

    /// <summary>The same sums, that go their own way from here.</summary>
    public SideTotals Clone()
    {
        var twin = (SideTotals)MemberwiseClone();
        twin._digest = _digest.Clone();
        return twin;
    }

    public MessageDigests Finish(int authors) => new(_count, _first, _last, _firstTicks, _lastTicks, authors, Convert.ToHexStringLower(_digest.Finish()));

    public void Dispose() => _digest.Dispose();
}
