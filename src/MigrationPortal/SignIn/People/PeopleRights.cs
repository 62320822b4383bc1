using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.SignIn.Configuration;
using MigrationPortal.SignIn.Development;

namespace MigrationPortal.SignIn.People;

/// <summary>Somebody who may sign in, with the rights that the directory's last answer gives.</summary>
/// <param name="Id">Null for a persona that only ever came with its fixed token.</param>
internal sealed record PersonRights(long? Id, string Name, string DisplayName, IReadOnlyList<Grant> Grants, IReadOnlyList<string> Groups)
{
    public Caller ToCaller() => Caller.Of(Name, DisplayName, Grants) with { PersonId = Id };
}

/// <summary>What people may do who are not here: those whose approval is counted, and those who could give one.</summary>
internal sealed class PeopleRights(GrantRules rules, DirectoryRecheck directory, OpenSources sources, IOptions<SignInOptions> options)
{
    /// <summary>Of those who signed in last; who is asked for by id is there as well.</summary>
    private const int Most = 2000;

    /// <summary>Groups that the configuration's grants name.</summary>
    public IReadOnlyList<string> Groups => rules.Groups;

    public IReadOnlyList<string> CategoriesOf(Role role, string poolPairId) => rules.CategoriesOf(role, poolPairId);

    /// <summary>Everybody who may sign in, and those asked for by id where they still are.</summary>
    public async Task<IReadOnlyList<PersonRights>> ListAsync(PortalDbContext db, IReadOnlyCollection<long> ids, CancellationToken cancellationToken)
    {
        var (wanted, open) = (ids.ToArray(), sources.All);
        var admitted = db.Set<Person>().AsNoTracking().Where(x => x.Barred == null && open.Contains(x.Source));
        var newest = admitted.OrderByDescending(x => x.LastSignedInAt).Take(Most).Select(x => x.Id);
        var people = await admitted.Where(x => wanted.Contains(x.Id) || newest.Contains(x.Id)).OrderBy(x => x.Id).ToListAsync(cancellationToken);
        var known = people.ConvertAll(x => new PersonRights(x.Id, x.Name, x.DisplayName, rules.Of(x), x.Memberships.Groups));
        if (!options.Value.IsDevelopment)
            return known;
        var names = known.Select(x => x.Name).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. known,
            .. Persona.All.Where(x => !names.Contains(x.Id)).Select(x => x.ToCaller()).Select(x => new PersonRights(null, x.Name, x.DisplayName, x.Grants, [])),
        ];
    }

    /// <summary>Somebody who is not here, with the rights that the directory gives them at this moment.</summary>
    /// <param name="id">Null where only the account's name was kept.</param>
    public async Task<Outcome<Caller>> FindNowAsync(PortalDbContext db, long? id, string name, CancellationToken cancellationToken)
    {
        var open = sources.All;
        var person = await db.Set<Person>().AsNoTracking().Where(x => (id == null ? x.Name == name : x.Id == id) && open.Contains(x.Source))
            .OrderByDescending(x => x.LastSignedInAt).FirstOrDefaultAsync(cancellationToken);
        if (person is null)
            return options.Value.IsDevelopment && Persona.Find(name) is { } persona ? persona.ToCaller() : new Refusal("person-gone", RefusalKind.NotAllowed, name);
        var now = await directory.CheckAsync(person, now: true, cancellationToken);
        if (!now.IsCertain)
            return new Refusal("directory-unavailable.person", RefusalKind.Unavailable, person.DisplayName);
        return now.Person is { } known
            ? Caller.Of(known.Name, known.DisplayName, rules.Of(known)) with { PersonId = known.Id }
            : new Refusal("person-gone", RefusalKind.NotAllowed, person.DisplayName);
    }

    /// <summary>Asks the directory about each of them now; what it says is kept. Null when it answered about all.</summary>
    public async Task<Refusal?> AskAgainAsync(PortalDbContext db, IReadOnlyCollection<long> ids, CancellationToken cancellationToken)
    {
        var wanted = ids.ToArray();
        foreach (var person in await db.Set<Person>().AsNoTracking().Where(x => wanted.Contains(x.Id)).ToListAsync(cancellationToken))
        {
            var checkedNow = await directory.CheckAsync(person, now: true, cancellationToken);
            if (!checkedNow.IsCertain)
                return new("directory-unavailable.approver", RefusalKind.Unavailable, person.DisplayName);
        }

        return null;
    }
}
