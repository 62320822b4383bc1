using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using MigrationPortal.Api;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.SignIn.Configuration;
using MigrationPortal.SignIn.People;

namespace MigrationPortal.SignIn.Sessions;

public sealed record SessionRow(
    long Id, string Person, string DisplayName, SignInMethod Method, DateTimeOffset CreatedAt, DateTimeOffset LastSeenAt, DateTimeOffset ExpiresAt, string? Address, string? Browser);

/// <summary>The sessions that let somebody in now.</summary>
internal sealed class SessionQueries(IDbContextFactory<PortalDbContext> databases, IOptions<SignInOptions> options, TimeProvider time)
{
    public async Task<Page<SessionRow>> ListOwnAsync(Caller caller, Paging paging, CancellationToken cancellationToken) => caller.PersonId is { } person
        ? await ListAsync(x => x.Where(s => s.PersonId == person), paging, cancellationToken)
        : new(0, []);

    public async Task<Outcome<Page<SessionRow>>> ListAllAsync(Caller caller, Paging paging, CancellationToken cancellationToken)
    {
        if (FindRefusal(caller) is { } refusal)
            return refusal;
        return await ListAsync(x => x, paging, cancellationToken);
    }

    /// <summary>All of one's own.</summary>
    public IAsyncEnumerable<SessionRow> StreamOwn(Caller caller, CancellationToken cancellationToken) => caller.PersonId is { } person
        ? StreamAsync(x => x.Where(s => s.PersonId == person), cancellationToken)
        : AsyncEnumerable.Empty<SessionRow>();

    /// <summary>Of everybody; none beside a refusal.</summary>
    public (Refusal? Refusal, IAsyncEnumerable<SessionRow> Rows) StreamAll(Caller caller, CancellationToken cancellationToken)
    {
        if (FindRefusal(caller) is { } refusal)
            return (refusal, AsyncEnumerable.Empty<SessionRow>());
        return (null, StreamAsync(x => x, cancellationToken));
    }

    private static Refusal? FindRefusal(Caller caller) => Rights.Require(caller, Role.Administrator, "see-sessions");

    private async IAsyncEnumerable<SessionRow> StreamAsync(Func<IQueryable<Session>, IQueryable<Session>> which, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await foreach (var row in Rows(db, Live(db, which)).AsAsyncEnumerable().WithCancellation(cancellationToken))
            yield return row;
    }

    private async Task<Page<SessionRow>> ListAsync(Func<IQueryable<Session>, IQueryable<Session>> which, Paging paging, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var live = Live(db, which);
        return new(await live.LongCountAsync(cancellationToken), await Rows(db, live).Skip(paging.Skip).Take(paging.Take).ToListAsync(cancellationToken));
    }

    private IQueryable<Session> Live(PortalDbContext db, Func<IQueryable<Session>, IQueryable<Session>> which)
    {
        var now = time.GetUtcNow();
        var idle = now - options.Value.IdleTimeout;
        return which(db.Set<Session>().AsNoTracking()).Where(x => x.EndedAt == null && x.ExpiresAt > now && x.LastSeenAt > idle);
    }

    private static IQueryable<SessionRow> Rows(PortalDbContext db, IQueryable<Session> sessions) =>
        from s in sessions
        join p in db.Set<Person>() on s.PersonId equals p.Id
        orderby s.LastSeenAt descending, s.Id descending
        select new SessionRow(s.Id, p.Name, p.DisplayName, s.Method, s.CreatedAt, s.LastSeenAt, s.ExpiresAt, s.Address, s.Browser);
}
