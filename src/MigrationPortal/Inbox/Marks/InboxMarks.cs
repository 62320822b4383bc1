using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Live;
using MigrationPortal.PoolPairs;
using MigrationPortal.SignIn.People;

namespace MigrationPortal.Inbox.Marks;

/// <summary>Puts claims and snoozes on the lines of an inbox. They are read once a node after each change, for everybody.</summary>
internal sealed class InboxMarks(IDbContextFactory<PortalDbContext> databases, PersonNames names, SharedReading<InboxMarks.Kept> shared, TimeProvider clock)
{
    /// <summary>Announced with each claim and snooze.</summary>
    public const string Topic = "inbox";

    // Of each kind; expired ones are deleted twice a minute.
    private const int Most = 20_000;

    public async Task<IReadOnlyList<InboxLine>> PutOnAsync(IReadOnlyList<InboxLine> lines, Caller caller, CancellationToken cancellationToken)
    {
        var kept = await shared.ReadAsync(null, ReadAsync, cancellationToken);
        if (kept.IsEmpty)
            return lines;
        var now = clock.GetUtcNow();
        var marked = new List<InboxLine>(lines.Count);
        foreach (var line in lines)
        {
            var claim = kept.Claims.TryGetValue(line.Key, out var found) && found.Until > now
                ? new InboxClaim(found.By, await names.FindAsync(found.By, cancellationToken), found.Until)
                : null;
            var snooze = kept.Find(line, caller, now);
            marked.Add(claim is null && snooze is null ? line : line with { Claim = claim, Snooze = snooze });
        }

        return marked;
    }

    private async Task<Kept> ReadAsync()
    {
        await using var db = await databases.CreateDbContextAsync(CancellationToken.None);
        var claims = await db.Set<Claim>().AsNoTracking().OrderByDescending(x => x.At).Take(Most).ToListAsync(CancellationToken.None);
        var snoozes = await db.Set<Snooze>().AsNoTracking().OrderByDescending(x => x.At).Take(Most).ToListAsync(CancellationToken.None);
        return new(claims.ToDictionary(x => x.Key, StringComparer.Ordinal), snoozes.ToDictionary(x => (x.By, x.Key)));
    }

    internal sealed record Kept(IReadOnlyDictionary<string, Claim> Claims, IReadOnlyDictionary<(string By, string Key), Snooze> Snoozes)
    {
        public bool IsEmpty => Claims.Count == 0 && Snoozes.Count == 0;

        /// <summary>Null when the caller sees the line: never snoozed, over, changed since, or urgent.</summary>
        public InboxSnooze? Find(InboxLine line, Caller caller, DateTimeOffset now) =>
            line.Class != InboxClass.Now && Snoozes.TryGetValue((caller.Name, line.Key), out var snooze) && snooze.Mark == line.Mark && (snooze.Until is null || snooze.Until > now)
                ? new(snooze.Until)
                : null;
    }
}
