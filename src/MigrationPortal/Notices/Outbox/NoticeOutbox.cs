using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;

namespace MigrationPortal.Notices.Outbox;

/// <summary>Takes what people are to be told of. Nothing is sent from here: a job hands it out after the commit.</summary>
internal sealed class NoticeOutbox
{
    // A signal is enough: the job takes everything that waits.
    private readonly Channel<bool> _signals = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public ChannelReader<bool> Signals => _signals.Reader;

    /// <summary>Kept by the caller's next save, in its transaction.</summary>
    public static void Add(PortalDbContext db, NoticeEvent happened) => db.Add(happened);

    /// <summary>The keys of events that are told once and were.</summary>
    public static IQueryable<string> Told(PortalDbContext db) => db.Set<NoticeEvent>().Where(x => x.OnceKey != null).Select(x => x.OnceKey!);

    /// <summary>Whether something of that kind was told of a pool pair since then.</summary>
    public static Task<bool> WasToldAsync(PortalDbContext db, string kind, string poolPairId, DateTimeOffset since, CancellationToken cancellationToken) =>
        db.Set<NoticeEvent>().AnyAsync(x => x.Kind == kind && x.PoolPairId == poolPairId && x.At >= since, cancellationToken);

    /// <summary>Commits an event that is told once, and wakes whoever hands it out.</summary>
    /// <returns>False where one with its key is there already.</returns>
    public async Task<bool> TellOnceAsync(PortalDbContext db, NoticeEvent happened, CancellationToken cancellationToken)
    {
        if (await db.Set<NoticeEvent>().AnyAsync(x => x.OnceKey == happened.OnceKey, cancellationToken))
            return false;
        db.Add(happened);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException failure) when (failure.IsUniqueViolation("ux_events_once"))
        {
            // Another node told it in this moment.
            db.Entry(happened).State = EntityState.Detached;
            return false;
        }

        Wake();
        return true;
    }

    /// <summary>After the commit: people hear within seconds. Where it is not called, the sweep finds what waits.</summary>
    public void Wake() => _signals.Writer.TryWrite(true);
}
