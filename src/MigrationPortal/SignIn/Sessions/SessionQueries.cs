using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
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
    private const int Most = 1000;

    public async Task<IReadOnlyList<SessionRow>> ListOwnAsync(Caller caller, CancellationToken cancellationToken) => caller.PersonId is { } person
        ? await ListAsync(x => x.Where(s => s.PersonId == person), cancellationToken)
        : [];

    public async Task<Outcome<IReadOnlyList<SessionRow>>> ListAllAsync(Caller caller, CancellationToken cancellationToken)
    {
        if (Rights.Require(caller, Role.Administrator, "Seeing everybody's sessions") is { } refusal)
            return refusal;
        return await ListAsync(x => x, cancellationToken);
    }

    private async Task<List<SessionRow>> ListAsync(Func<IQueryable<Session>, IQueryable<Session>> which, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var now = time.GetUtcNow();
        var idle = now - options.Value.IdleTimeout;
        return await which(db.Set<Session>().AsNoTracking())
            .Where(x => x.EndedAt == null && x.ExpiresAt > now && x.LastSeenAt > idle)
            .OrderByDescending(x => x.LastSeenAt).Take(Most)
            .Join(db.Set<Person>(), x => x.PersonId, x => x.Id, (s, p) => new SessionRow(
                s.Id, p.Name, p.DisplayName, s.Method, s.CreatedAt, s.LastSeenAt, s.ExpiresAt, s.Address, s.Browser))
            .ToListAsync(cancellationToken);
    }
}
