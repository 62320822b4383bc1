using MigrationPortal.Engine.Sql;
using MigrationPortal.Engine.Transfer;

namespace MigrationPortal.Engine.Verification;

/// <summary>Sums one side's messages as they pass. It keeps the distinct authors and nothing else of them.</summary>
internal sealed class SideTotals : IDisposable
{
    private MessageDigest _digest = new();
    private HashSet<int> _authors = [];
    private long _count;
    private long? _first, _last, _firstTicks, _lastTicks;

    public void Add(MessageSource message, int author)
    {
        _count++;
        _first ??= message.ChatId;
        _last = message.ChatId;
        _firstTicks = Math.Min(_firstTicks ?? long.MaxValue, message.Ticks);
        _lastTicks = Math.Max(_lastTicks ?? long.MinValue, message.Ticks);
        _authors.Add(author);
        _digest.Append(message, author);
    }

    /// <summary>The same sums, that go their own way from here.</summary>
    public SideTotals Clone()
    {
        var twin = (SideTotals)MemberwiseClone();
        (twin._digest, twin._authors) = (_digest.Clone(), [.. _authors]);
        return twin;
    }

    public MessageDigests Finish() => new(_count, _first, _last, _firstTicks, _lastTicks, _authors.Count, Convert.ToHexStringLower(_digest.Finish()));

    public void Dispose() => _digest.Dispose();
}
