using System.Collections.Frozen;
using System.Data;
using MigrationPortal.Engine.Preflight;
using MigrationPortal.Engine.Reading;
using MigrationPortal.Engine.Sql;
using MigrationPortal.Engine.Transfer;

namespace MigrationPortal.Engine.Undo;

/// <summary>
/// Removes exactly what one batch wrote into a new pool, and nothing that anybody else wrote or changed. Interrupted anywhere, it is
/// called again and goes on; afterwards every table holds what it held before the batch, as far as nobody else needs its shared rows.
/// </summary>
public sealed class BatchUndo(ChatDatabase target, IUndoLedger ledger)
{
    private readonly SqlDialect _dialect = SqlDialect.For(target.Provider);
    private readonly GuardedUndoLedger _ledger = new(ledger);
    private RunLock? _lock;

    /// <summary>What the batch wrote into the file store, as read under the lock; null where it wrote none.</summary>
    public FileUndo? Files { get; set; }

    /// <summary>
    /// prinIDs that a run of another batch took as there and that is not over, each with the nodeID of one of its rooms. What it will write by them no row of the
    /// new pool says yet, and <c>tblChat</c> has no foreign key that would keep them (trap L136).
    /// </summary>
    public IReadOnlyDictionary<int, int> Awaited { get; set; } = FrozenDictionary<int, int>.Empty;

    /// <summary>The same lock that a run takes: nothing is written and removed at once.</summary>
    public async Task<Outcome<RunLock>> AcquireAsync(CancellationToken cancellationToken)
    {
        var acquired = await _dialect.AcquireRunLockAsync(target, cancellationToken);
        if (acquired.IsDone) _lock = acquired.Value;
        return acquired;
    }

    /// <summary>Reads every message of the batch's rooms once: about as long as proving them takes.</summary>
    public async Task<Outcome<UndoPreview>> PreviewAsync(CancellationToken cancellationToken)
    {
        var read = await FindFilesAsync(cancellationToken);
        if (!read.IsDone) return read.Refusal;
        var found = read.Value;
        var opened = await _dialect.OpenForReadingAsync(target, cancellationToken);
        if (!opened.IsDone) return opened.Refusal;
        await using var session = opened.Value;
        return await _dialect.GuardAsync<UndoPreview>(target, async () =>
        {
            var schema = await SchemaProbe.ExamineAsync(session, cancellationToken);
            return schema.IsDone ? await ReadAsync(session, schema.Value.Catalog, found, cancellationToken) : schema.Refusal;
        }, cancellationToken);
    }

    /// <param name="fingerprint">Of the preview that was approved; anything else refuses with <c>undo-changed</c>.</param>
    public async Task<Outcome<UndoPreview>> RemoveAsync(string fingerprint, Action<UndoProgress> progress, CancellationToken cancellationToken)
    {
        var held = _lock ?? throw new InvalidOperationException("An undo acquires the target's lock before it writes.");
        if (await held.CheckAsync(cancellationToken) is { } unlocked) return unlocked;
        var found = await FindFilesAsync(cancellationToken);
        if (!found.IsDone) return found.Refusal;
        var opened = await _dialect.OpenForWritingAsync(target, cancellationToken);
        if (!opened.IsDone) return opened.Refusal;
        await using var session = opened.Value;
        return await _dialect.GuardAsync<UndoPreview>(target, async () =>
        {
            await _dialect.LockWriterAsync(session, 0, cancellationToken);
            var schema = await SchemaProbe.ExamineAsync(session, cancellationToken);
            if (!schema.IsDone) return schema.Refusal;
            var catalog = schema.Value.Catalog;
            var preview = await ReadAsync(session, catalog, found.Value, cancellationToken);
            if (!IsGone(preview) && Refuse(preview, fingerprint) is { } refusal) return refusal;
            var deletion = new UndoDeletion(session, catalog, schema.Value.Rights);
            foreach (var room in preview.Rooms)
                if (await RemoveMessagesAsync(deletion, room, progress, cancellationToken) is { } changed) return changed;
            if (Files is { } files && await files.RemoveAsync(preview.Files, removed => progress(new UndoProgress(Guid.Empty, 0, removed)), cancellationToken) is { IsDone: false } stays) return stays.Refusal;
            return await RemoveRowsAsync(session, deletion, catalog, preview, cancellationToken) is { } late ? late : preview;
        }, cancellationToken);
    }

    private async Task<Outcome<FilesToUndo>> FindFilesAsync(CancellationToken cancellationToken) =>
        Files is { } files ? await files.PreviewAsync(cancellationToken) : FilesToUndo.None;

    private async Task<UndoPreview> ReadAsync(ChatSession session, ChatCatalog catalog, FilesToUndo found, CancellationToken cancellationToken)
    {
        var rows = await ReadRowsAsync(session, catalog, cancellationToken);
        var (rooms, obstacles) = (new List<UndoneRoom>(), rows.Obstacles.ToList());
        var people = rows.Roles.GroupBy(x => (int)x.Values[0]!).ToDictionary(x => x.Key, x => x.Select(role => role.Values[1]).Distinct().Count());
        // A room whose guid or name somebody took away is an obstacle already.
        foreach (var room in rows.Rooms.Where(x => x.Values[1] is Guid && x.Values[4] is string).OrderBy(x => (int)x.Values[0]!))
        {
            var (id, guid, name) = ((int)room.Values[0]!, (Guid)room.Values[1]!, UndoReader.Name(room));
            var (messages, obstacle) = await new UndoMessages(session).CompareAsync(id, name, await _ledger.ListPagesAsync(guid, cancellationToken), cancellationToken);
            rooms.Add(new(guid, id, name, messages, people.GetValueOrDefault(id)));
            if (obstacle is not null) obstacles.Add(obstacle);
        }

        return new UndoPreview
        {
            Rooms = rooms,
            Tables = [new("tblNode", rows.Rooms.Count + rows.Categories.Count), new("tblPrincipal", rows.People.Count), new("tblSiopWhiteList", rows.AddIns.Count), new("tblPrincipalRole", rows.Roles.Count), new(catalog.ScopeTable, rows.Scopes.Count)],
            Obstacles = [.. obstacles, .. found.Obstacles],
            Kept = rows.Kept,
            Files = found,
            Fingerprint = UndoFingerprint.Of(rows, found),
        };
    }

    private async Task<Refusal?> RemoveMessagesAsync(UndoDeletion deletion, UndoneRoom room, Action<UndoProgress> progress, CancellationToken cancellationToken)
    {
        var removed = 0L;
        foreach (var page in (await _ledger.ListPagesAsync(room.Guid, cancellationToken)).Reverse())
        {
            if (await deletion.DeletePageAsync(room.NodeId, page, cancellationToken) is not { } count)
                return new Refusal("room-used-since.while-removed", RefusalKind.Conflict, room.Name);
            removed += count;
            // Before the ledger is told, which may be away: another attempt finds nothing left of this page to count.
            progress(new UndoProgress(room.Guid, removed));
            await _ledger.ForgetPageAsync(page, cancellationToken);
        }

        return null;
    }

    // Read again inside the transaction that removes them: somebody may have come in between.
    private async Task<Refusal?> RemoveRowsAsync(
        WritingSession session, UndoDeletion deletion, ChatCatalog catalog, UndoPreview preview, CancellationToken cancellationToken)
    {
        await session.BeginAsync(IsolationLevel.ReadCommitted, cancellationToken);
        var rows = await ReadRowsAsync(session, catalog, cancellationToken);
        var late = rows.Obstacles is [var first, ..] ? Used(first)
            : await PostedSinceAsync(session, rows, cancellationToken) is { } posted ? posted
            : UndoFingerprint.Of(rows, preview.Files) == preview.Fingerprint ? null : Changed();
        if (late is null && await deletion.DeleteRowsAsync(rows, cancellationToken))
        {
            await session.CommitAsync(cancellationToken);
            return null;
        }
        await session.EndAsync();
        if (late is not null) return late;
        // A row changed between the reading and the statement that was to delete it: what it is now says whose.
        var now = await ReadRowsAsync(session, catalog, cancellationToken);
        return now.Obstacles is [var changed, ..] ? Used(changed) : await PostedSinceAsync(session, now, cancellationToken) ?? Changed();
    }

    private async Task<UndoRows> ReadRowsAsync(ChatSession session, ChatCatalog catalog, CancellationToken cancellationToken) =>
        await new UndoReader(session, catalog, await RowRecovery.SettledAsync(session, await _ledger.ListRowsAsync(cancellationToken), cancellationToken), Awaited).ReadAsync(cancellationToken);

    private static async Task<Refusal?> PostedSinceAsync(ChatSession session, UndoRows rows, CancellationToken cancellationToken)
    {
        var used = await session.ListAnyOfAsync(
            "select distinct channelId from tblChat", "channelId", rows.Rooms.Select(x => x.Values[0]!), row => row.Int(0), cancellationToken);
        return rows.Rooms.FirstOrDefault(x => used.Contains((int)x.Values[0]!)) is not { } room ? null : new Refusal("room-used-since.posted-while-removed", RefusalKind.Conflict, room.Values[4] as string);
    }

    // All of it went, and whoever was to write that down could not: what an approver said yes to is done.
    private static bool IsGone(UndoPreview preview) => preview is { Rooms.Count: 0, Obstacles.Count: 0 } && preview.Tables.Sum(x => x.Rows) == 0;

    private static Refusal? Refuse(UndoPreview preview, string fingerprint) =>
        preview.Obstacles is [var first, ..] ? Used(first) : preview.Fingerprint == fingerprint ? null : Changed();

    private static Refusal Used(UndoObstacle obstacle) => new("room-used-since.not-undone", RefusalKind.Conflict, obstacle.Wording);

    private static Refusal Changed() => new("undo-changed", RefusalKind.Conflict);
}
