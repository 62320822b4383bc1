using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Live;
using MigrationPortal.PoolPairs;

namespace MigrationPortal.Inbox.Marks;

/// <param name="Until">Null: until it changes.</param>
internal sealed record SnoozeItem(string Key, DateTimeOffset? Until = null);

/// <summary>Takes an item out of the caller's own inbox until a time, or until anything about it changes. What is urgent stays.</summary>
internal sealed class SnoozeItemHandler(IDbContextFactory<PortalDbContext> databases, InboxQueries inbox, LiveFeed feed, TimeProvider clock)
{
    public const int MostDays = 30;

    public async Task<Outcome<InboxLine>> HandleAsync(SnoozeItem request, Caller caller, CancellationToken cancellationToken)
    {
        var found = await inbox.FindLineAsync(request.Key, caller, cancellationToken);
        if (!found.IsDone)
            return found.Refusal;
        var (line, now) = (found.Value, clock.GetUtcNow());
        if (line.Class == InboxClass.Now)
            return new Refusal("snooze-urgent", RefusalKind.Invalid, line.Title);
        // Npgsql writes no other offset.
        var until = request.Until?.ToUniversalTime();
        if (until <= now || until > now.AddDays(MostDays))
            return new Refusal("snooze-time", RefusalKind.Invalid, MostDays);
        var mark = line.Mark;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await db.Database.ExecuteSqlAsync(
            $"""
             INSERT INTO portal.snoozes (by, key, at, until, mark) VALUES ({caller.Name}, {request.Key}, {now}, {until}, {mark})
             ON CONFLICT (by, key) DO UPDATE SET at = excluded.at, until = excluded.until, mark = excluded.mark
             """,
            cancellationToken);
        feed.Announce(InboxMarks.Topic);
        return line with { Snooze = new(until) };
    }

    /// <summary>Shows it again at once.</summary>
    public async Task<Outcome<bool>> EndAsync(string key, Caller caller, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var ended = await db.Set<Snooze>().Where(x => x.By == caller.Name && x.Key == key).ExecuteDeleteAsync(cancellationToken) > 0;
        if (ended)
            feed.Announce(InboxMarks.Topic);
        return ended;
    }
}
