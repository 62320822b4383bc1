using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using MigrationPortal.Data;
using MigrationPortal.SignIn.Configuration;
using MigrationPortal.SignIn.People;

namespace MigrationPortal.SignIn.Tokens;

internal sealed record LiveToken(ApiToken Token, Caller Caller, bool IsCertain);

/// <summary>Whether a token still lets a program in, and as what: never as more than its owner is at this moment.</summary>
internal sealed class LiveTokens(
    IDbContextFactory<PortalDbContext> databases, DirectoryRecheck people, OpenSources sources, GrantRules rules, IOptions<SignInOptions> options, TimeProvider time)
{
    public Task<LiveToken?> FindAsync(string token, CancellationToken cancellationToken)
    {
        var hash = Sessions.Secret.Hash(token);
        return FindAsync(x => x.Hash == hash, now: false, cancellationToken);
    }

    /// <summary>Asks about the owner again.</summary>
    public Task<LiveToken?> FindAsync(long id, CancellationToken cancellationToken) => FindAsync(x => x.Id == id, now: true, cancellationToken);

    private async Task<LiveToken?> FindAsync(Expression<Func<ApiToken, bool>> which, bool now, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var at = time.GetUtcNow();
        var found = await db.Set<ApiToken>().AsNoTracking().Where(which).Where(x => x.RevokedAt == null && x.ExpiresAt > at)
            .Join(db.Set<Person>(), x => x.PersonId, x => x.Id, (token, person) => new { token, person })
            .SingleOrDefaultAsync(cancellationToken);
        if (found is null || !IsOwnerLetIn(found.person, at))
            return null;
        var standing = await people.CheckAsync(found.person, now, cancellationToken);
        if (standing.Person is not { } person)
            return null;
        var caller = Caller.Of(person.Name, person.DisplayName, Part(found.token, rules.Of(person))) with { PersonId = person.Id, TokenId = found.token.Id };
        return new(found.token, caller, standing.IsCertain);
    }

    // Entra ID is not asked about people who are not there: who left is only noticed at the sign-ins that do not happen any more.
    private bool IsOwnerLetIn(Person owner, DateTimeOffset at) =>
        sources.Has(owner.Source) && (owner.Source != PersonSource.Entra || at - owner.LastSignedInAt < options.Value.TokenOwnerSeenWithin);

    private static List<Grant> Part(ApiToken token, IReadOnlyList<Grant> owned) =>
        [.. owned.Where(x => token.Roles.Contains(x.Role)).Select(x => x.Within(token.PoolPairId, token.Category)).OfType<Grant>()];
}
