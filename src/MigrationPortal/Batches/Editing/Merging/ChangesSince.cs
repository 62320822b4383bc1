using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;

namespace MigrationPortal.Batches.Editing.Merging;

/// <param name="Base">As it was in the version that somebody saw.</param>
/// <param name="Theirs">As it is now.</param>
/// <param name="By">Account of who changed it last.</param>
internal sealed record ChangedField(string Field, string? Base, string? Theirs, string By, DateTimeOffset At);

/// <summary>What was changed of a batch since a version: at most one entry a field. A value that was changed and changed back is not among it.</summary>
internal sealed class ChangesSince(IEnumerable<ChangedField> changes)
{
    private readonly Dictionary<string, ChangedField> _changes = changes.ToDictionary(x => x.Field, StringComparer.Ordinal);

    public static ChangesSince Nothing { get; } = new([]);

    public IReadOnlyCollection<ChangedField> All => _changes.Values;

    public ChangedField? Find(string field) => _changes.GetValueOrDefault(field);

    public IReadOnlyList<ChangedField> By(Caller others) => [.. All.Where(x => x.By != others.Name).OrderBy(x => x.Field, StringComparer.Ordinal)];

    /// <returns>Null where not all that was changed since is known: the version is none of the batch's, or older than what is kept.</returns>
    public static async Task<ChangesSince?> ReadAsync(PortalDbContext db, Batch now, int version, CancellationToken cancellationToken)
    {
        if (version == now.Version)
            return Nothing;
        var rows = db.Set<BatchChange>().Where(x => x.BatchId == now.Id && x.Version > version);
        // Each version changed something, or it would not be one.
        if (version > now.Version || await rows.Select(x => x.Version).Distinct().CountAsync(cancellationToken) < now.Version - version)
            return null;
        return new(await db.Database.SqlQuery<ChangedField>($"""
            WITH since AS (SELECT field, version, old, new, by, at FROM portal.batch_changes WHERE batch_id = {now.Id} AND version > {version})
            SELECT first.field AS "Field", first.old AS "Base", last.new AS "Theirs", last.by AS "By", last.at AS "At"
            FROM (SELECT DISTINCT ON (field) field, old FROM since ORDER BY field, version) first
            JOIN (SELECT DISTINCT ON (field) field, new, by, at FROM since ORDER BY field, version DESC) last ON last.field = first.field
            WHERE first.old IS DISTINCT FROM last.new
            """).ToListAsync(cancellationToken));
    }

    /// <summary>Part of the transaction of the edit that made <paramref name="version"/>.</summary>
    public static async Task WriteAsync(PortalDbContext db, long batchId, int version, Caller by, DateTimeOffset at, IEnumerable<FieldChange> changes, CancellationToken cancellationToken)
    {
        // An edit may set a field twice, as one that adds a room and removes it again.
        var once = changes.GroupBy(x => x.Field, StringComparer.Ordinal).Select(x => x.Last() with { Old = x.First().Old }).ToList();
        var (fields, old, now) = (once.ConvertAll(x => x.Field), once.ConvertAll(x => x.Old), once.ConvertAll(x => x.New));
        await db.Database.ExecuteSqlAsync($"""
            INSERT INTO portal.batch_changes (batch_id, version, field, old, new, by, at)
            SELECT {batchId}, {version}, x.field, x.old, x.new, {by.Name}, {at} FROM unnest({fields}, {old}, {now}) AS x (field, old, new)
            """, cancellationToken);
    }
}
