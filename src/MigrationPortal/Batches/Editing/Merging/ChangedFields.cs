using Microsoft.EntityFrameworkCore;
using MigrationPortal.Api;
using MigrationPortal.Data;

namespace MigrationPortal.Batches.Editing.Merging;

/// <summary>How many fields of one sort somebody changed.</summary>
/// <param name="Field">One of them.</param>
/// <param name="Theirs">What that one is now.</param>
internal sealed record ChangedSum(string By, string Field, string? Theirs, int Count);

/// <summary>
/// What was changed of a batch from one version to the one that was read, counted or listed in parts: a whole pool that was added is 31 397 fields.
/// Versions that others make in between are left out, so that what is told is that version and no newer one.
/// </summary>
internal static class ChangedFields
{
    // Of one batch ({0}), after one version ({1}) and up to another ({2}). In one pass: joined with itself, a whole pool that was added a moment ago
    // is compared row by row, since no statistics know of it yet.
    private const string Changed = """
        (SELECT DISTINCT ON (field) field, first_value(old) OVER (PARTITION BY field ORDER BY version) AS old, new, by, at
         FROM portal.batch_changes WHERE batch_id = {0} AND version > {1} AND version <= {2} ORDER BY field, version DESC) changed
        WHERE old IS DISTINCT FROM new
        """;

    public static async Task<bool> AreKnownAsync(PortalDbContext db, Batch now, int version, CancellationToken cancellationToken) =>
        // Each version changed something, or it would not be one.
        version <= now.Version
        && await db.Set<BatchChange>().Where(x => x.BatchId == now.Id && x.Version > version && x.Version <= now.Version)
            .Select(x => x.Version).Distinct().CountAsync(cancellationToken) == now.Version - version;

    /// <summary>One for each field whose value is another one now.</summary>
    public static IQueryable<ChangedField> Since(PortalDbContext db, Batch now, int version) => db.Database.SqlQueryRaw<ChangedField>(
        $"""SELECT field AS "Field", old AS "Base", new AS "Theirs", by AS "By", at AS "At" FROM {Changed}""", now.Id, version, now.Version);

    /// <summary>By whoever changed them last: rooms that came and went, names and options apart.</summary>
    public static Task<List<ChangedSum>> SumAsync(PortalDbContext db, Batch now, int version, CancellationToken cancellationToken) => db.Database.SqlQueryRaw<ChangedSum>(
        $"""
        SELECT by AS "By", min(field) AS "Field", min(new) AS "Theirs", count(*)::int AS "Count" FROM {Changed}
        GROUP BY by, regexp_replace(field, ':[^.]+', ''), CASE WHEN field LIKE '%.member' THEN new END
        """,
        now.Id,
        version,
        now.Version).ToListAsync(cancellationToken);

    /// <param name="others">Whose own changes are left out.</param>
    public static async Task<Page<ChangedField>> ListAsync(PortalDbContext db, Batch now, int version, Caller others, Paging paging, CancellationToken cancellationToken)
    {
        var fields = Since(db, now, version).Where(x => x.By != others.Name);
        return new(await fields.LongCountAsync(cancellationToken), await fields.OrderBy(x => x.Field).Skip(paging.Skip).Take(paging.Take).ToListAsync(cancellationToken));
    }
}
