using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Engine;

namespace MigrationPortal.SignIn.People;

/// <summary>What a way to sign in has proven about somebody.</summary>
internal sealed record ProvenPerson(PersonSource Source, string Key, string Name, string DisplayName, Memberships Memberships, string? Mail = null);

/// <summary>Keeps who signed in, under a name that stays theirs.</summary>
internal sealed class KnownPeople(IDbContextFactory<PortalDbContext> databases, TimeProvider time)
{
    private const int LongestName = 200;

    public async Task<Person> RecordAsync(ProvenPerson proven, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        for (var namesake = 1; ; namesake++)
        {
            var now = time.GetUtcNow();
            var updated = await db.Set<Person>().Where(x => x.Source == proven.Source && x.Key == proven.Key).ExecuteUpdateAsync(
                set => set
                    .SetProperty(x => x.DisplayName, proven.DisplayName)
                    .SetProperty(x => x.Memberships, proven.Memberships)
                    .SetProperty(x => x.Mail, proven.Mail)
                    .SetProperty(x => x.CheckedAt, now)
                    .SetProperty(x => x.LastSignedInAt, now)
                    .SetProperty(x => x.Barred, (Wording?)null),
                cancellationToken);
            if (updated == 1)
                return await db.Set<Person>().AsNoTracking().SingleAsync(x => x.Source == proven.Source && x.Key == proven.Key, cancellationToken);
            db.Add(New(proven, namesake, now));
            try
            {
                await db.SaveChangesAsync(cancellationToken);
            }
            catch (DbUpdateException failure) when (failure.IsUniqueViolation("ux_people_key") || failure.IsUniqueViolation("ux_people_name"))
            {
                // Signed in twice at once, or the directory gave a former colleague's name to somebody new: never the same person.
            }

            db.ChangeTracker.Clear();
        }
    }

    /// <summary>Where and in which language somebody reads, for what is sent to them later.</summary>
    public async Task KeepPlaceAsync(long personId, string language, string zone, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await db.Set<Person>().Where(x => x.Id == personId && (x.Language != language || x.Zone != zone))
            .ExecuteUpdateAsync(set => set.SetProperty(x => x.Language, language).SetProperty(x => x.Zone, zone), cancellationToken);
    }

    public async Task KeepLanguageAsync(long personId, string language, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await db.Set<Person>().Where(x => x.Id == personId).ExecuteUpdateAsync(set => set.SetProperty(x => x.Language, language), cancellationToken);
    }

    private static Person New(ProvenPerson proven, int namesake, DateTimeOffset now)
    {
        var name = proven.Name.Length > LongestName ? proven.Name[..LongestName] : proven.Name;
        return new Person
        {
            Source = proven.Source,
            Key = proven.Key,
            Name = namesake == 1 ? name : $"{name} ({namesake})",
            DisplayName = proven.DisplayName,
            Memberships = proven.Memberships,
            Mail = proven.Mail,
            CheckedAt = now,
            LastSignedInAt = now,
        };
    }
}
