using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;

namespace MigrationPortal.SignIn.People;

/// <summary>What later features read of people within their own transaction or join.</summary>
internal static class PeopleReads
{
    public static IQueryable<Person> All(PortalDbContext db) => db.Set<Person>().AsNoTracking();
}
