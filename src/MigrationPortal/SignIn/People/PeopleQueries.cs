using Microsoft.EntityFrameworkCore;
using MigrationPortal.Api;
using MigrationPortal.Data;
using MigrationPortal.Engine;

namespace MigrationPortal.SignIn.People;

internal sealed record PersonRow(
    string Name, string DisplayName, PersonSource Source, IReadOnlyList<Grant> Grants, DateTimeOffset LastSignedInAt, DateTimeOffset CheckedAt, Wording? Barred);

/// <summary>Who ever signed in, and their current roles.</summary>
internal sealed class PeopleQueries(IDbContextFactory<PortalDbContext> databases, GrantRules rules)
{
    public async Task<Outcome<Page<PersonRow>>> ListAsync(Caller caller, Paging paging, CancellationToken cancellationToken)
    {
        if (Rights.Require(caller, Role.Administrator, "see-roles") is { } refusal)
            return refusal;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var people = await db.Set<Person>().AsNoTracking().OrderBy(x => x.Name).ThenBy(x => x.Id).Skip(paging.Skip).Take(paging.Take).ToListAsync(cancellationToken);
        return new Page<PersonRow>(
            await db.Set<Person>().LongCountAsync(cancellationToken),
            people.ConvertAll(x => new PersonRow(x.Name, x.DisplayName, x.Source, rules.Of(x), x.LastSignedInAt, x.CheckedAt, x.Barred)));
    }
}
