using MigrationPortal.Api;
using MigrationPortal.Batches.Viewing;
using MigrationPortal.Data;
using MigrationPortal.Engine;

namespace MigrationPortal.Batches.Editing.Merging;

/// <summary>One edit that meets what was changed since the version it is based on: other values stay beside it, another value of the same field is a conflict.</summary>
internal sealed class EditMerge(PortalDbContext db, Batch batch, ChangesSince since)
{
    private readonly List<FieldConflict> _conflicts = [];

    public PortalDbContext Db => db;

    public Batch Batch => batch;

    public ChangesSince Since => since;

    /// <summary>Whether the field must still be set: not where it is so already, nor where it conflicts.</summary>
    public bool Sets(string field, string? yours)
    {
        if (since.Find(field) is not { } change)
            return true;
        if (change.Theirs != yours)
            Refuse(change, yours);
        return false;
    }

    public void Refuse(ChangedField change, string? yours) =>
        _conflicts.Add(new(change.Field, change.Base, change.Theirs, yours, change.By, change.At));

    /// <summary>What is left to do of each part.</summary>
    public async Task<Outcome<PartsLeft>> LeaveAsync(IReadOnlyList<EditPart> parts, CancellationToken cancellationToken)
    {
        List<EditPart> left = [];
        foreach (var part in parts)
        {
            var outcome = part.MergeAsync is { } merge ? await merge(this, cancellationToken) : new EditLeft(part);
            if (!outcome.IsDone)
                return outcome.Refusal;
            if (outcome.Value.Part is { } rest)
                left.Add(rest);
        }

        return _conflicts.Count == 0 ? new PartsLeft(left) : new EditConflict(batch.Version, await NamedAsync(cancellationToken)).ToRefusal(BatchFields.Describe(_conflicts[0].Field), batch.Name);
    }

    private async Task<IReadOnlyList<FieldConflict>> NamedAsync(CancellationToken cancellationToken)
    {
        var rooms = _conflicts.Select(x => BatchFields.RoomOf(x.Field)).OfType<long>().Distinct().ToArray();
        if (rooms.Length == 0)
            return _conflicts;
        var names = await RoomNames.EachAsync(db, batch.PoolPairId, rooms, cancellationToken);
        return _conflicts.ConvertAll(x => BatchFields.RoomOf(x.Field) is { } room ? x with { Subject = names.GetValueOrDefault(room)?.ToString() } : x);
    }
}

/// <param name="Part">Null where all of it is so already.</param>
internal sealed record EditLeft(EditPart? Part);

internal sealed record PartsLeft(IReadOnlyList<EditPart> Parts);
