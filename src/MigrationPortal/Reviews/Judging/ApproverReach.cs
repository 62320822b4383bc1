using MigrationPortal.Batches;
using MigrationPortal.Data;
using MigrationPortal.SignIn.People;

namespace MigrationPortal.Reviews.Judging;

/// <summary>Whether people's approver role, or their operator's role, reaches every room of a batch. Categories are read only where a role is bounded by one.</summary>
internal sealed class ApproverReach
{
    private readonly ILookup<long, string?>? _categories;

    // Asked for each person once a batch.
    private readonly Dictionary<PersonRights, Caller> _callers = new(ReferenceEqualityComparer.Instance);

    private ApproverReach(ILookup<long, string?>? categories) => _categories = categories;

    public static async Task<ApproverReach> ReadAsync(
        PortalDbContext db, IReadOnlyList<PersonRights> people, IReadOnlyCollection<Batch> batches, CancellationToken cancellationToken)
    {
        return new(people.Any(IsBounded) ? await BatchScope.CategoriesAsync(db, [.. batches.Select(x => x.Id).Distinct()], cancellationToken) : null);
    }

    /// <summary>Whether what they may do differs from batch to batch of a pool pair.</summary>
    public static bool IsBounded(PersonRights person) => person.Grants.Any(x => x is { Role: Role.Approver or Role.Operator, Category: not null });

    public static HashSet<string> CategoriesOf(PersonRights person, string poolPairId) =>
    [
        .. person.Grants.Where(x => x.Role == Role.Approver && x.Category is not null && (x.PoolPairId is null || x.PoolPairId == poolPairId)).Select(x => x.Category!),
    ];

    public bool Covers(PersonRights person, Batch batch, Role role = Role.Approver)
    {
        if (!_callers.TryGetValue(person, out var caller))
            _callers[person] = caller = person.ToCaller();
        if (Rights.Reaches(caller, batch.PoolPairId, role))
            return true;
        if (_categories is null || !caller.Has(role))
            return false;
        var isWhole = _categories[batch.Id].Contains(null);
        return Rights.RequireThere(caller, "", [role], batch.PoolPairId, isWhole ? null : [.. _categories[batch.Id].OfType<string>()]) is null;
    }
}
