using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using MigrationPortal.Api;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.SignIn.People;

namespace MigrationPortal.SignIn.Tokens;

public sealed record TokenRow(ApiToken Token, string Owner, string OwnerDisplayName);

internal sealed class TokenQueries(IDbContextFactory<PortalDbContext> databases)
{
    /// <summary>One's own, newest first, the revoked and expired ones as well.</summary>
    public async Task<Page<TokenRow>> ListOwnAsync(Caller caller, Paging paging, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await ListAsync(db, OwnedBy(db, caller), paging, cancellationToken);
    }

    public async Task<Outcome<Page<TokenRow>>> ListAllAsync(Caller caller, Paging paging, CancellationToken cancellationToken)
    {
        if (FindRefusal(caller) is { } refusal)
            return refusal;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await ListAsync(db, db.Set<ApiToken>(), paging, cancellationToken);
    }

    /// <summary>A persona's fixed token knows its person by name alone.</summary>
    public static IQueryable<ApiToken> OwnedBy(PortalDbContext db, Caller caller) => caller.PersonId is { } id
        ? db.Set<ApiToken>().Where(x => x.PersonId == id)
        : db.Set<ApiToken>().Where(x => db.Set<Person>().Any(p => p.Id == x.PersonId && p.Source == PersonSource.Development && p.Key == caller.Name));

    /// <summary>All of one's own.</summary>
    public IAsyncEnumerable<TokenRow> StreamOwn(Caller caller, CancellationToken cancellationToken) => StreamAsync(db => OwnedBy(db, caller), cancellationToken);

    /// <summary>Of everybody; none beside a refusal.</summary>
    public (Refusal? Refusal, IAsyncEnumerable<TokenRow> Rows) StreamAll(Caller caller, CancellationToken cancellationToken)
    {
        if (FindRefusal(caller) is { } refusal)
            return (refusal, AsyncEnumerable.Empty<TokenRow>());
        return (null, StreamAsync(db => db.Set<ApiToken>(), cancellationToken));
    }

    private static Refusal? FindRefusal(Caller caller) => Rights.Require(caller, Role.Administrator, "see-tokens");

    private async IAsyncEnumerable<TokenRow> StreamAsync(Func<PortalDbContext, IQueryable<ApiToken>> which, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await foreach (var row in Rows(db, which(db)).AsAsyncEnumerable().WithCancellation(cancellationToken))
            yield return row;
    }

    private static async Task<Page<TokenRow>> ListAsync(PortalDbContext db, IQueryable<ApiToken> tokens, Paging paging, CancellationToken cancellationToken) =>
        new(await tokens.LongCountAsync(cancellationToken), await Rows(db, tokens).Skip(paging.Skip).Take(paging.Take).ToListAsync(cancellationToken));

    private static IQueryable<TokenRow> Rows(PortalDbContext db, IQueryable<ApiToken> tokens) =>
        from token in tokens.AsNoTracking()
        join person in db.Set<Person>() on token.PersonId equals person.Id
        orderby token.Id descending
        select new TokenRow(token, person.Name, person.DisplayName);
}
