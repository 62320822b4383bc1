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
        return await ChangedFields.AreKnownAsync(db, now, version, cancellationToken) ? new(await ChangedFields.Since(db, now, version).ToListAsync(cancellationToken)) : null;
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
