using MigrationPortal.Data;
using MigrationPortal.SignIn.People;

namespace MigrationPortal.Notices.Outbox;

/// <summary>Who is told of a kind of event; asked when it is handed out, and again before anything leaves the portal.</summary>
internal interface INoticeAudience
{
    bool Knows(string kind);

    /// <param name="people">Everybody who may sign in now, with their rights.</param>
    /// <returns>Of these, whom it concerns now: nobody, once it is settled.</returns>
    Task<IEnumerable<PersonRights>> FindAsync(PortalDbContext db, NoticeEvent happened, IReadOnlyList<PersonRights> people, CancellationToken cancellationToken);
}

/// <summary>Everybody with one of some roles where it happened.</summary>
internal sealed class RoleAudience(string kind, Role[] roles) : INoticeAudience
{
    public bool Knows(string name) => name == kind;

    public Task<IEnumerable<PersonRights>> FindAsync(PortalDbContext db, NoticeEvent happened, IReadOnlyList<PersonRights> people, CancellationToken cancellationToken) =>
        Task.FromResult(people.Where(x => Has(x, happened.PoolPairId, roles)));

    /// <summary>A role in a part of the pool pair is enough to be told.</summary>
    public static bool Has(PersonRights person, string? poolPairId, params ReadOnlySpan<Role> roles)
    {
        foreach (var role in roles)
        {
            if (person.Grants.Any(x => x.Role == role && (x.PoolPairId is null || poolPairId is null || x.PoolPairId == poolPairId)))
                return true;
        }

        return false;
    }
}

/// <summary>All audiences as one.</summary>
internal sealed class NoticeAudiences(IEnumerable<INoticeAudience> audiences)
{
    private readonly INoticeAudience[] _audiences = [.. audiences];

    /// <summary>Numbers of the people concerned now. Nobody is told of what they did themselves, and nobody without a role of anything.</summary>
    public async Task<IReadOnlySet<long>> FindAsync(PortalDbContext db, NoticeEvent happened, IReadOnlyList<PersonRights> people, CancellationToken cancellationToken)
    {
        var found = new HashSet<long>();
        foreach (var audience in _audiences.Where(x => x.Knows(happened.Kind)))
            found.UnionWith((await audience.FindAsync(db, happened, people, cancellationToken)).Where(x => x is { Id: not null, Grants.Count: > 0 } && x.Name != happened.By).Select(x => x.Id!.Value));
        return found;
    }
}
