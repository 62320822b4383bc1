using MigrationPortal.Batches.Editing.Merging;
using MigrationPortal.Data;
using MigrationPortal.Engine;

namespace MigrationPortal.Batches.Editing;

/// <summary>New names for many things of a batch: an event for each, and a handful of statements for all of them, which the first event runs.</summary>
/// <param name="names">Null or blank lets the planner name it.</param>
/// <param name="what">What a name is called in a refusal.</param>
internal abstract class EditTogether<TKey>(IReadOnlyDictionary<TKey, string?> names, string what)
    where TKey : notnull
{
    private readonly Dictionary<TKey, Outcome<string?>> _judged = names.ToDictionary(x => x.Key, x => BatchText.NameOrRule(x.Value, what));
    private readonly Dictionary<TKey, EditNote> _notes = [];
    private bool _isDone;

    public IEnumerable<EditPart> Parts(string kind) => _judged.Keys.Select(key => PartOf(kind, key));

    /// <summary>As <see cref="BatchFields"/> names it.</summary>
    protected abstract string FieldOf(TKey key);

    /// <summary>Edits all; what has no note afterwards was so before.</summary>
    /// <param name="chosen">Null lets the planner name it.</param>
    protected abstract Task<Refusal?> EditAsync(PortalDbContext db, Batch batch, IReadOnlyDictionary<TKey, string?> chosen, CancellationToken cancellationToken);

    protected void Note(TKey key, EditNote note) => _notes[key] = note;

    private EditPart PartOf(string kind, TKey key) => new(kind, (db, batch, token) => NoteAsync(db, batch, key, token))
    {
        MergeAsync = (merge, _) =>
            Task.FromResult<Outcome<EditLeft>>(_judged[key] is { Refusal: { } unfit } ? unfit : new EditLeft(merge.Sets(FieldOf(key), _judged[key].Value) ? PartOf(kind, key) : null)),
    };

    private async Task<Outcome<EditNote>> NoteAsync(PortalDbContext db, Batch batch, TKey key, CancellationToken cancellationToken)
    {
        if (!_isDone && (_judged.Values.Select(x => x.Refusal).FirstOrDefault(x => x is not null) ?? await EditAsync(db, batch, _judged.ToDictionary(x => x.Key, x => x.Value.Value), cancellationToken)) is { } refusal)
            return refusal;
        _isDone = true;
        return _notes.GetValueOrDefault(key) ?? EditNote.Nothing;
    }
}
