using MigrationPortal.Batches;
using MigrationPortal.Reviews.BreakGlass;
using MigrationPortal.Reviews.Policy;
using MigrationPortal.SignIn.People;

namespace MigrationPortal.Reviews.Judging;

/// <summary>
/// The people of many reviews. For most of them the answer is the same for every batch of a pool pair and is worked out once; hundreds of
/// reviews times hundreds of people otherwise cost more than everything that is read for them.
/// </summary>
internal sealed class ReviewPersons
{
    private static readonly Dictionary<string, Exclusion> _nothing = [];

    private readonly ApproverReach _reach;

    // Two directories may have one name.
    private readonly Dictionary<string, PersonRights[]> _byName;

    private readonly Dictionary<PersonRights, HashSet<string>> _groups = new(ReferenceEqualityComparer.Instance);

    private readonly string[] _differing;

    private readonly Dictionary<string, Dictionary<string, ReviewPerson>> _ofPair = new(StringComparer.Ordinal);

    public ReviewPersons(IReadOnlyList<PersonRights> known, ApproverReach reach)
    {
        _reach = reach;
        _byName = known.GroupBy(x => x.Name, StringComparer.Ordinal).ToDictionary(x => x.Key, x => x.ToArray(), StringComparer.Ordinal);
        foreach (var person in known)
            _groups[person] = person.Groups.ToHashSet(StringComparer.OrdinalIgnoreCase);
        _differing = [.. _byName.Where(x => x.Value.Length > 1 || ApproverReach.IsBounded(x.Value[0])).Select(x => x.Key)];
    }

    /// <param name="makers">Whose decisions are kept: of two people with one name, theirs is the one that counts.</param>
    public IReadOnlyDictionary<string, ReviewPerson> Of(Batch batch, HashSet<long> makers, IReadOnlyDictionary<string, Exclusion> exclusions, BreakGlassRequest? emergency)
    {
        var persons = new Dictionary<string, ReviewPerson>(Shared(batch), StringComparer.Ordinal);
        foreach (var name in exclusions.Keys.Concat(_differing).Append(emergency?.AskedBy).Append(emergency?.ConfirmedBy).OfType<string>())
        {
            if (_byName.TryGetValue(name, out var rows))
                persons[name] = Make(rows.FirstOrDefault(x => x.Id is { } id && makers.Contains(id)) ?? rows[0], batch, exclusions, emergency);
        }

        return persons;
    }

    private Dictionary<string, ReviewPerson> Shared(Batch batch)
    {
        if (!_ofPair.TryGetValue(batch.PoolPairId, out var shared))
            _ofPair[batch.PoolPairId] = shared = _byName.Values.Select(x => Make(x[0], batch, _nothing, null)).ToDictionary(x => x.Id, StringComparer.Ordinal);
        return shared;
    }

    private ReviewPerson Make(PersonRights person, Batch batch, IReadOnlyDictionary<string, Exclusion> exclusions, BreakGlassRequest? emergency) => new(
        person.Name,
        _reach.Covers(person, batch),
        _groups[person],
        ApproverReach.CategoriesOf(person, batch.PoolPairId),
        exclusions.TryGetValue(person.Name, out var why) ? why : null)
    {
        MayOperate = (person.Name == emergency?.AskedBy || person.Name == emergency?.ConfirmedBy) && _reach.Covers(person, batch, Role.Operator),
    };
}
