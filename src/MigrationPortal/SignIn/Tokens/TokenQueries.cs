using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.SignIn.People;

namespace MigrationPortal.SignIn.Tokens;

public sealed record TokenRow(ApiToken Token, string Owner, string OwnerDisplayName);

internal sealed class TokenQueries(IDbContextFactory<PortalDbContext> databases)
{
    private const int Most = 1000;

    /// <summary>One's own, newest first, the revoked and expired ones as well.</summary>
    public async Task<IReadOnlyList<TokenRow>> ListOwnAsync(Caller caller, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await Rows(db, OwnedBy(db, caller)).ToListAsync(cancellationToken);
    }

    public async Task<Outcome<IReadOnlyList<TokenRow>>> ListAllAsync(Caller caller, CancellationToken cancellationToken)
    {
        if (Rights.Require(caller, Role.Administrator, "Seeing everybody's tokens") is { } refusal)
            return refusal;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await Rows(db, db.Set<ApiToken>()).ToListAsync(cancellationToken);
    }

    /// <summary>A persona's fixed token knows its person by name alone.</summary>
    public static IQueryable<ApiToken> OwnedBy(PortalDbContext db, Caller caller) => caller.PersonId is { } id
        ? db.Set<ApiToken>().Where(x => x.PersonId == id)
        : db.Set<ApiToken>().Where(x => db.Set<Person>().Any(p => p.Id == x.PersonId && p.Source == PersonSource.Development && p.Key == caller.Name));

    private static IQueryable<TokenRow> Rows(PortalDbContext db, IQueryable<ApiToken> tokens) => tokens.AsNoTracking()
        .OrderByDescending(x => x.Id).Take(Most)
        .Join(db.Set<Person>(), x => x.PersonId, x => x.Id, (token, person) => new TokenRow(token, person.Name, person.DisplayName));
}
