using MigrationPortal.Comments.Formatting;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.SignIn.People;

namespace MigrationPortal.Comments.Writing;

/// <summary>Somebody who can be mentioned.</summary>
public sealed record MentionCandidate(long PersonId, string Name, string DisplayName)
{
    /// <summary>What the text of a comment holds.</summary>
    public string Token => MentionTokens.Write(DisplayName, PersonId);
}

/// <summary>Who can be mentioned at a place: people who reach it, so that a mention tells nobody of what they may not read.</summary>
internal sealed class Mentions(PeopleRights people)
{
    /// <summary>In one comment.</summary>
    public const int Most = 20;

    /// <param name="search">Part of a name; null or empty finds all.</param>
    public async Task<IReadOnlyList<MentionCandidate>> FindAsync(
        PortalDbContext db, string poolPairId, Anchor anchor, string? search, int most, CancellationToken cancellationToken)
    {
        var found = new List<MentionCandidate>();
        var wanted = search?.Trim() ?? "";
        var known = await people.ListAsync(db, [], cancellationToken);
        foreach (var person in known.Where(x => Matches(x, wanted)).OrderBy(x => x.DisplayName, StringComparer.CurrentCultureIgnoreCase).ThenBy(x => x.Name, StringComparer.Ordinal))
        {
            if (found.Count < most && await ReachesAsync(db, person, poolPairId, anchor, cancellationToken))
                found.Add(new(person.Id!.Value, person.Name, person.DisplayName));
        }

        return found;
    }

    /// <returns>Those of the accounts who can be mentioned there.</returns>
    public async Task<IReadOnlyList<MentionCandidate>> FindAsync(
        PortalDbContext db, string poolPairId, Anchor anchor, IReadOnlyCollection<string> accounts, CancellationToken cancellationToken)
    {
        var found = new List<MentionCandidate>();
        foreach (var person in accounts.Count == 0 ? [] : (await people.ListAsync(db, [], cancellationToken)).Where(x => x.Id is not null && accounts.Contains(x.Name)))
        {
            if (await ReachesAsync(db, person, poolPairId, anchor, cancellationToken))
                found.Add(new(person.Id!.Value, person.Name, person.DisplayName));
        }

        return found;
    }

    /// <summary>Null when each of them can be mentioned there.</summary>
    public async Task<Refusal?> RefuseAsync(PortalDbContext db, string poolPairId, Anchor anchor, IReadOnlyList<long> mentioned, CancellationToken cancellationToken)
    {
        if (mentioned.Count == 0)
            return null;
        if (mentioned.Count > Most)
            return new("mentions-too-many", RefusalKind.Invalid, mentioned.Count, Most);
        var known = (await people.ListAsync(db, mentioned, cancellationToken)).Where(x => x.Id is not null).ToDictionary(x => x.Id!.Value);
        foreach (var id in mentioned)
        {
            if (!known.TryGetValue(id, out var person))
                return new("mention-unknown", RefusalKind.Invalid, $"{id}");
            if (!await ReachesAsync(db, person, poolPairId, anchor, cancellationToken))
                return new("mention-out-of-reach", RefusalKind.Invalid, person.DisplayName);
        }

        return null;
    }

    private static async Task<bool> ReachesAsync(PortalDbContext db, PersonRights person, string poolPairId, Anchor anchor, CancellationToken cancellationToken) =>
        person.Grants.Count > 0 && await ThreadReach.RefuseAsync(db, person.ToCaller(), poolPairId, anchor, cancellationToken) is null;

    private static bool Matches(PersonRights person, string search) => person.Id is not null
        && (person.DisplayName.Contains(search, StringComparison.CurrentCultureIgnoreCase) || person.Name.Contains(search, StringComparison.OrdinalIgnoreCase));
}
