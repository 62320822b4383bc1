using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using MigrationPortal.Data;
using MigrationPortal.SignIn.Configuration;
using MigrationPortal.SignIn.People;

namespace MigrationPortal.SignIn.Sessions;

/// <param name="IsCertain">The directory answered just now, or needs not be asked.</param>
internal sealed record LiveSession(Session Session, Caller Caller, bool IsCertain);

/// <summary>Whether a session still lets somebody in, and as what. The one rule for requests, open pages and dangerous commands.</summary>
internal sealed class LiveSessions(
    IDbContextFactory<PortalDbContext> databases, DirectoryRecheck people, GrantRules grants, IOptions<SignInOptions> options, TimeProvider time)
{
    // Being seen is written at most this often; the idle time-out is that much coarser.
    private static readonly TimeSpan SeenStep = TimeSpan.FromSeconds(30);

    public Task<LiveSession?> FindAsync(string key, CancellationToken cancellationToken)
    {
        var hash = Secret.Hash(key);
        return FindAsync(x => x.KeyHash == hash, isSeen: true, now: false, cancellationToken);
    }

    /// <param name="isSeen">Somebody did something since the last look; that counts against idling.</param>
    public Task<LiveSession?> FindAsync(long id, bool isSeen, bool now, CancellationToken cancellationToken) =>
        FindAsync(x => x.Id == id, isSeen, now, cancellationToken);

    private async Task<LiveSession?> FindAsync(Expression<Func<Session, bool>> which, bool isSeen, bool now, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var at = time.GetUtcNow();
        var (idle, step) = (at - options.Value.IdleTimeout, at - SeenStep);
        var found = await db.Set<Session>().AsNoTracking().Where(which)
            .Where(x => x.EndedAt == null && x.ExpiresAt > at && x.LastSeenAt > idle)
            .Join(db.Set<Person>(), x => x.PersonId, x => x.Id, (session, person) => new { session, person })
            .SingleOrDefaultAsync(cancellationToken);
        if (found is null || !options.Value.Has(found.session.Method))
            return null;
        var standing = await people.CheckAsync(found.person, now, cancellationToken);
        if (standing.Person is not { } person)
            return null;
        if (isSeen && found.session.LastSeenAt < step)
        {
            await db.Set<Session>().Where(x => x.Id == found.session.Id && x.LastSeenAt < step)
                .ExecuteUpdateAsync(set => set.SetProperty(x => x.LastSeenAt, at), cancellationToken);
        }

        var caller = Caller.Of(person.Name, person.DisplayName, grants.Of(person)) with { PersonId = person.Id, SessionId = found.session.Id };
        return new(found.session, caller, standing.IsCertain);
    }
}
