using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Data;
using MigrationPortal.Reviews.Policy;
using MigrationPortal.SignIn.People;

namespace MigrationPortal.Reviews.Judging;

/// <summary>What a submission amounts to at this moment, within the caller's transaction: counted by the database, then pinned in the review.</summary>
internal sealed class SubmissionFacts(PeopleRights people)
{
    /// <param name="kind">An undo or a delta says with <paramref name="counted"/> what it knows better than the plan.</param>
    public async Task<ReviewFacts> CountAsync(
        PortalDbContext db, Batch batch, ReviewKind kind, IReadOnlyDictionary<string, long>? counted, CancellationToken cancellationToken)
    {
        var sums = await BatchFacts.SumAsync(db, batch.Id, cancellationToken);
        // Whoever counts warnings has all of them; those of the kept plan are not added rule by rule.
        var warnings = counted is not null && counted.ContainsKey(ReviewFacts.Warnings) ? [] : await BatchFacts.WarningsAsync(db, batch.Id, cancellationToken);
        var values = new Dictionary<string, long>(StringComparer.Ordinal)
        {
            [ReviewFacts.Rooms] = sums.Rooms,
            [ReviewFacts.ClosedRooms] = sums.ClosedRooms,
            [ReviewFacts.SecretRooms] = sums.SecretRooms,
            [ReviewFacts.Messages] = sums.Messages,
            [ReviewFacts.Gaining] = sums.Gaining,
            [ReviewFacts.RootManagers] = sums.RootManagers,
            [ReviewFacts.Federated] = sums.Federated,
            [ReviewFacts.Warnings] = warnings.Values.Sum(),
            [ReviewFacts.BulkAcknowledged] = sums.BulkAcknowledged,
            [ReviewFacts.Undo] = kind == ReviewKind.Undo ? 1 : 0,
            [ReviewFacts.Delta] = kind == ReviewKind.Delta ? 1 : 0,
        };
        foreach (var (rule, count) in warnings)
            values[ReviewFacts.WarningsOfRule + rule] = count;
        foreach (var (name, value) in counted ?? new Dictionary<string, long>())
            values[name] = value;
        return new(values.Where(x => x.Value > 0).ToDictionary(x => x.Key, x => x.Value, StringComparer.Ordinal), await OwnedAsync(db, batch, cancellationToken));
    }

    private async Task<IReadOnlyList<string>> OwnedAsync(PortalDbContext db, Batch batch, CancellationToken cancellationToken)
    {
        var granted = people.CategoriesOf(Role.Approver, batch.PoolPairId);
        if (granted.Count == 0)
            return [];
        var touched = (await BatchScope.CategoriesAsync(db, [batch.Id], cancellationToken))[batch.Id].OfType<string>().ToList();
        return [.. granted.Where(owned => touched.Exists(x => CategoryPaths.IsAtOrBelow(x, owned))).Order(StringComparer.Ordinal)];
    }
}
