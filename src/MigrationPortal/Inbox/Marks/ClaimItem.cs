using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Live;
using MigrationPortal.PoolPairs;
using MigrationPortal.SignIn.People;

namespace MigrationPortal.Inbox.Marks;

/// <param name="From">The account name of whoever has it, to take it over from them.</param>
internal sealed record ClaimItem(string Key, string? From = null);

/// <summary>Says to everybody that the caller takes an item, for half an hour; again, for half an hour more. It locks nothing.</summary>
internal sealed class ClaimItemHandler(IDbContextFactory<PortalDbContext> databases, InboxQueries inbox, PersonNames names, LiveFeed feed, TimeProvider clock)
{
    public static readonly TimeSpan Lasts = TimeSpan.FromMinutes(30);

    public async Task<Outcome<InboxLine>> HandleAsync(ClaimItem request, Caller caller, CancellationToken cancellationToken)
    {
        var found = await inbox.FindLineAsync(request.Key, caller, cancellationToken);
        if (!found.IsDone)
            return found.Refusal;
        if (found.Value.DisabledReason is { } why)
            return new Refusal("inbox-item-others", RefusalKind.NotAllowed, why);
        var now = clock.GetUtcNow();
        var until = now + Lasts;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        // Of two at the same moment one has it, and the other is told.
        var taken = await db.Database.ExecuteSqlAsync(
            $"""
             INSERT INTO portal.claims (key, by, at, until) VALUES ({request.Key}, {caller.Name}, {now}, {until})
             ON CONFLICT (key) DO UPDATE SET by = excluded.by, at = excluded.at, until = excluded.until
             WHERE claims.until <= {now} OR claims.by = {caller.Name} OR claims.by = {request.From}
             """,
            cancellationToken);
        if (taken == 0)
        {
            var holder = await db.Set<Claim>().Where(x => x.Key == request.Key).Select(x => x.By).FirstOrDefaultAsync(cancellationToken);
            return new Refusal("claimed", RefusalKind.Conflict, holder is null ? request.Key : await names.FindAsync(holder, cancellationToken));
        }

        feed.Announce(InboxMarks.Topic);
        return found.Value with { Claim = new(caller.Name, caller.DisplayName, until) };
    }

    /// <summary>Ends the caller's own claim; somebody else's stays.</summary>
    public async Task<Outcome<bool>> ReleaseAsync(string key, Caller caller, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var released = await db.Set<Claim>().Where(x => x.Key == key && x.By == caller.Name).ExecuteDeleteAsync(cancellationToken) > 0;
        if (released)
            feed.Announce(InboxMarks.Topic);
        return released;
    }
}
