using MigrationPortal.Engine.Sql;
using MigrationPortal.Engine.Transfer;

namespace MigrationPortal.Engine.Verification;

/// <summary>Walks both sides in step by chatId, so that a difference is named by its message without keeping any.</summary>
internal sealed class MessageComparison(MessageSource legacy, MessageSource found, IdMap ids, long? legacyLast) : IDisposable
{
    private readonly SideTotals _legacy = new();
    private readonly HashSet<int> _legacyAuthors = [];
    private readonly HashSet<int> _newAuthors = [];

    // Only from the first difference on: until then both sides have the same sums, which one hash says as well as two.
    private SideTotals? _new;
    private readonly List<MessageMismatch> _mismatches = [];

    public IReadOnlyList<MessageMismatch> Mismatches => _mismatches;

    /// <summary>prinIDs of the legacy pool, as they stand in the messages: the map that the copy used cannot hide that it joined two.</summary>
    public IReadOnlySet<int> LegacyAuthors => _legacyAuthors;

    public long MismatchCount { get; private set; }

    public long EqualCount { get; private set; }

    public long SinceCount { get; private set; }

    public async Task<(MessageDigests Legacy, MessageDigests New)> RunAsync(CancellationToken cancellationToken)
    {
        var (left, right) = (await legacy.NextAsync(cancellationToken), await NextNewAsync(cancellationToken));
        while (left || right)
        {
            if (left && (!right || legacy.ChatId < found.ChatId))
            {
                Part();
                AddLegacy(AuthorOf(legacy));
                Report(legacy.ChatId, MismatchKind.Missing, "");
                left = await legacy.NextAsync(cancellationToken);
            }
            else if (right && (!left || found.ChatId < legacy.ChatId))
            {
                Part().Add(found, found.Author);
                _newAuthors.Add(found.Author);
                Report(found.ChatId, MismatchKind.Extra, "");
                right = await NextNewAsync(cancellationToken);
            }
            else
            {
                var author = AuthorOf(legacy);
                Compare(author);
                AddLegacy(author);
                _newAuthors.Add(found.Author);
                _new?.Add(found, found.Author);
                (left, right) = (await legacy.NextAsync(cancellationToken), await NextNewAsync(cancellationToken));
            }
        }
        var proof = _legacy.Finish(_legacyAuthors.Count);
        return (proof, _new?.Finish(_newAuthors.Count) ?? proof with { AuthorCount = _newAuthors.Count });
    }

    public void Dispose()
    {
        _legacy.Dispose();
        _new?.Dispose();
    }

    // Ids are given out upwards only: what lies above the legacy counter was posted in the new pool, and it comes last.
    private async ValueTask<bool> NextNewAsync(CancellationToken cancellationToken)
    {
        while (await found.NextAsync(cancellationToken))
        {
            if (legacyLast is { } last && found.ChatId <= last) return true;
            SinceCount++;
        }
        return false;
    }

    private void Compare(int author)
    {
        var (date, person, alert) = (legacy.Ticks != found.Ticks, author != found.Author, legacy.IsAlert != found.IsAlert);
        var content = !legacy.Content.Span.SequenceEqual(found.Content.Span);
        if (!date && !person && !alert && !content)
        {
            EqualCount++;
            return;
        }
        Part();
        Report(legacy.ChatId, MismatchKind.Altered, string.Join(", ", Names()));

        IEnumerable<string> Names()
        {
            if (date) yield return "date";
            if (person) yield return "author";
            if (alert) yield return "alert";
            if (content) yield return "content";
        }
    }

    private void AddLegacy(int author)
    {
        _legacyAuthors.Add(legacy.Author);
        _legacy.Add(legacy, author);
    }

    private SideTotals Part() => _new ??= _legacy.Clone();

    private void Report(long chatId, MismatchKind kind, string fields)
    {
        MismatchCount++;
        if (_mismatches.Count < RoomResult.MaxMismatches) _mismatches.Add(new MessageMismatch(chatId, kind, fields));
    }

    // An author whom the plan does not know equals nobody in the new pool, where ids are positive.
    private int AuthorOf(MessageSource message) => ids.Author(message.Author) ?? -message.Author;
}
