using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Live;
using MigrationPortal.SignIn.People;

namespace MigrationPortal.Notices.Outbox;

/// <summary>A way to tell people besides the bell: mail, webhooks.</summary>
internal interface INoticeChannel
{
    /// <summary>Keeps what is to be sent, within the transaction that hands the event out.</summary>
    Task AddAsync(PortalDbContext db, NoticeEvent happened, IReadOnlyCollection<long> people, CancellationToken cancellationToken);

    /// <summary>After the commit of what was added.</summary>
    void Wake()
    {
    }
}

/// <summary>
/// Hands waiting events out to the bells and channels of whom they concern. One event is one transaction that holds its row: killed anywhere
/// and begun again, on one node or on several, each person gets each event once.
/// </summary>
internal sealed partial class HandOutEventsHandler(
    IDbContextFactory<PortalDbContext> databases, NoticeAudiences audiences, PeopleRights people, IEnumerable<INoticeChannel> channels, LiveFeed feed, TimeProvider clock, ILogger<HandOutEventsHandler> log)
{
    /// <summary>Before the people's rights are read again.</summary>
    private const int Most = 50;

    private readonly INoticeChannel[] _channels = [.. channels];

    /// <returns>How many were handed out.</returns>
    public async Task<int> HandleAsync(CancellationToken cancellationToken)
    {
        var count = 0;
        while (true)
        {
            await using var db = await databases.CreateDbContextAsync(cancellationToken);
            var known = await people.ListAsync(db, [], cancellationToken);
            for (var i = 0; i < Most; i++)
            {
                if (!await HandOutAsync(known, cancellationToken))
                {
                    foreach (var channel in count > 0 ? _channels : [])
                        channel.Wake();
                    return count;
                }

                count++;
            }
        }
    }

    private async Task<bool> HandOutAsync(IReadOnlyList<PersonRights> known, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        // Another node's is passed over, not waited for.
        var happened = await db.Set<NoticeEvent>().FromSql($"select * from portal.events where sent_out_at is null order by id limit 1 for update skip locked")
            .AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        if (happened is null)
            return false;
        IReadOnlyCollection<long> told = [];
        string? failure = null;
        try
        {
            told = await KeepAsync(db, happened, known, cancellationToken);
        }
        catch (Exception bug) when (!Outage.Is(bug) && bug is not OperationCanceledException)
        {
            // One event that cannot be handed out must not keep all later ones back.
            LogFailed(log, happened.Id, happened.Kind, bug);
            failure = bug.GetType().Name;
            await transaction.RollbackAsync(cancellationToken);
        }

        var now = clock.GetUtcNow();
        await db.Set<NoticeEvent>().Where(x => x.Id == happened.Id).ExecuteUpdateAsync(set => set.SetProperty(x => x.SentOutAt, now).SetProperty(x => x.Failure, failure), cancellationToken);
        if (failure is null)
            await transaction.CommitAsync(cancellationToken);
        foreach (var person in told)
            feed.Announce($"person:{person}");
        return true;
    }

    private async Task<IReadOnlyCollection<long>> KeepAsync(PortalDbContext db, NoticeEvent happened, IReadOnlyList<PersonRights> known, CancellationToken cancellationToken)
    {
        var told = await audiences.FindAsync(db, happened, known, cancellationToken);
        var (ids, now) = (told.ToArray(), clock.GetUtcNow());
        await db.Database.ExecuteSqlAsync($"""
            insert into portal.notifications (event_id, person_id, at) select {happened.Id}, person, {now} from unnest({ids}) as person
            on conflict (event_id, person_id) do nothing
            """, cancellationToken);
        foreach (var channel in _channels)
            await channel.AddAsync(db, happened, ids, cancellationToken);
        return ids;
    }

    [LoggerMessage(LogLevel.Error, "The notice {Event} ({Kind}) could not be handed out")]
    private static partial void LogFailed(ILogger logger, long @event, string kind, Exception exception);
}
