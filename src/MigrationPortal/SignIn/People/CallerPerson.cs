using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;

namespace MigrationPortal.SignIn.People;

/// <summary>The number of whoever asks; a persona's fixed token asks as the persona who signed in, if one ever did.</summary>
internal static class CallerPerson
{
    public static async Task<long?> FindAsync(PortalDbContext db, Caller caller, CancellationToken cancellationToken) => caller.PersonId
        ?? await db.Set<Person>().Where(x => x.Source == PersonSource.Development && x.Name == caller.Name).Select(x => (long?)x.Id).FirstOrDefaultAsync(cancellationToken);
}
