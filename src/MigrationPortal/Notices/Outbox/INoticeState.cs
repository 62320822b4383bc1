using System.Globalization;
using MigrationPortal.Data;

namespace MigrationPortal.Notices.Outbox;

/// <summary>How what an event is about is now: asked when a mail or a webhook's body is written, so that neither says what was so before.</summary>
internal interface INoticeState
{
    /// <param name="subjects">Of events, at most a hundred.</param>
    /// <returns>By subject; nothing of another kind, or of what is gone.</returns>
    Task<IReadOnlyDictionary<string, NoticeState>> FindAsync(PortalDbContext db, IReadOnlyCollection<string> subjects, CancellationToken cancellationToken);
}

/// <param name="Say">State and counts in one line of that language; never a name of a room or a member.</param>
/// <param name="Facts">The same for programs: <c>data.batch</c> of a webhook's JSON.</param>
internal sealed record NoticeState(Func<CultureInfo, string> Say, object Facts);

/// <summary>What all features know of their subjects, as one.</summary>
internal sealed class NoticeStates(IEnumerable<INoticeState> states)
{
    private readonly INoticeState[] _states = [.. states];

    public async Task<IReadOnlyDictionary<string, NoticeState>> FindAsync(PortalDbContext db, IReadOnlyCollection<string> subjects, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, NoticeState>(StringComparer.Ordinal);
        foreach (var one in _states)
        {
            foreach (var (subject, state) in await one.FindAsync(db, subjects, cancellationToken))
                found[subject] = state;
        }

        return found;
    }
}
