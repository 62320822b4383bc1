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
        if (Rights.Require(caller, Role.Administrator, "see-sessions") is { } refusal)
            return refusal;
        return await ListAsync(x => x, paging, cancellationToken);
    }

    private async Task<Page<SessionRow>> ListAsync(Func<IQueryable<Session>, IQueryable<Session>> which, Paging paging, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var now = time.GetUtcNow();
        var idle = now - options.Value.IdleTimeout;
        var live = which(db.Set<Session>().AsNoTracking()).Where(x => x.EndedAt == null && x.ExpiresAt > now && x.LastSeenAt > idle);
        var rows = from s in live
                   join p in db.Set<Person>() on s.PersonId equals p.Id
                   orderby s.LastSeenAt descending, s.Id descending
                   select new SessionRow(s.Id, p.Name, p.DisplayName, s.Method, s.CreatedAt, s.LastSeenAt, s.ExpiresAt, s.Address, s.Browser);
        return new(await live.LongCountAsync(cancellationToken), await rows.Skip(paging.Skip).Take(paging.Take).ToListAsync(cancellationToken));
    }
}
