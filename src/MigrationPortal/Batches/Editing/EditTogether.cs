using MigrationPortal.Batches.Editing.Merging;
using MigrationPortal.Data;
using MigrationPortal.Engine;

namespace MigrationPortal.Batches.Editing;

/// <summary>Many edits of one kind: an event for each, and a handful of statements for all of them, which the first event runs.</summary>
internal abstract class EditTogether<TKey>(IEnumerable<TKey> keys)
    where TKey : notnull
{
    private readonly Dictionary<TKey, EditNote> _notes = [];
    private bool _isDone;

    public IEnumerable<EditPart> Parts(string kind) => keys.Select(key => PartOf(kind, key));

    /// <summary>As <see cref="BatchFields"/> names it, and the value that it gets.</summary>
    protected abstract Outcome<FieldValue> FieldOf(TKey key);

    /// <summary>Edits all; what has no note afterwards was so before.</summary>
    protected abstract Task<Refusal?> EditAsync(PortalDbContext db, Batch batch, CancellationToken cancellationToken);

    protected void Note(TKey key, EditNote note) => _notes[key] = note;

    private EditPart PartOf(string kind, TKey key) => new(kind, (db, batch, token) => NoteAsync(db, batch, key, token))
    {
        MergeAsync = (merge, _) =>
        {
            var wanted = FieldOf(key);
            return Task.FromResult<Outcome<EditLeft>>(!wanted.IsDone ? wanted.Refusal : new EditLeft(merge.Sets(wanted.Value.Field, wanted.Value.Value) ? PartOf(kind, key) : null));
        },
    };

    private async Task<Outcome<EditNote>> NoteAsync(PortalDbContext db, Batch batch, TKey key, CancellationToken cancellationToken)
    {
        if (!_isDone && await EditAsync(db, batch, cancellationToken) is { } refusal)
            return refusal;
        _isDone = true;
        return _notes.GetValueOrDefault(key) ?? EditNote.Nothing;
    }
}

/// <param name="Value">Null lets the planner name it.</param>
internal sealed record FieldValue(string Field, string? Value);
