namespace MigrationPortal.Samples.World;

internal readonly record struct SampleMessage(long ChatId, long Ticks, int Author, bool IsAlert, string Content);

/// <summary>The messages of one room, made again each time they are read: memory does not grow with their number.</summary>
internal sealed record RoomMessages
{
    public required int NodeId { get; init; }
    /// <summary>Decides authors, times and texts; the same on both sides of a migrated room.</summary>
    public required string Seed { get; init; }
    public required long Count { get; init; }
    /// <summary>Above 1 when the oldest messages were purged.</summary>
    public long FirstChatId { get; init; } = 1;
    /// <summary>What the counter says beyond the last message, after a purge.</summary>
    public long PurgedAtEnd { get; init; }
    public required IReadOnlyList<int> Authors { get; init; }
    public required DateTime From { get; init; }
    public required DateTime To { get; init; }
    /// <summary>Texts at certain places instead of the usual ones, by ordinal.</summary>
    public IReadOnlyDictionary<long, string> Special { get; init; } = new Dictionary<long, string>();
    /// <summary>Somebody set the server's clock back: from the middle on, dates begin two days earlier.</summary>
    public bool RunsBackwards { get; init; }
    /// <summary>Every message is an alert.</summary>
    public bool AllAlerts { get; init; }
    /// <summary>All within one millisecond, ticks apart.</summary>
    public bool InOneMillisecond { get; init; }
    /// <summary>A prinID that is nobody's, for one message in the middle.</summary>
    public int? UnknownAuthor { get; init; }
    /// <summary>An ordinal that is not there: a message lost on the way.</summary>
    public long? Missing { get; init; }
    /// <summary>Posted in the new room after it was migrated.</summary>
    public int Since { get; init; }

    public long LastChatId => FirstChatId + Count - 1;

    public long Counter => LastChatId + PurgedAtEnd + Since;

    public IEnumerable<SampleMessage> Read()
    {
        var random = new SampleRandom(SampleGuid.Seed(Seed));
        var step = (To.Ticks - From.Ticks) / Math.Max(1, Count);
        for (long i = 0; i < Count; i++)
        {
            var ticks = From.Ticks + (step * i) + (long)(step * (random.Next(1000) / 1000.0)) + random.Next(10_000);
            if (InOneMillisecond)
                ticks = From.Ticks + i;
            if (RunsBackwards && i >= Count / 2)
                ticks -= TimeSpan.TicksPerDay * 2;
            var author = Authors[random.Next(Authors.Count)];
            if (UnknownAuthor is { } nobody && i == Count / 2)
                author = nobody;
            var isAlert = random.Next(400) == 0 || AllAlerts;
            var content = SampleTexts.Message(ref random);
            if (Special.TryGetValue(i, out var special))
                content = special;
            if (i != Missing)
                yield return new(FirstChatId + i, ticks, author, isAlert, content);
        }

        for (var i = 1; i <= Since; i++)
            yield return new(LastChatId + PurgedAtEnd + i, To.Ticks + (TimeSpan.TicksPerHour * i), Authors[0], false, SampleTexts.Message(ref random));
    }
}
