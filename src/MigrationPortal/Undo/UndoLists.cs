using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Engine.Undo;

namespace MigrationPortal.Undo;

/// <summary>What an undo deletes and keeps, as people read it.</summary>
internal sealed record UndoList(IReadOnlyList<UndoSum> Sums, IReadOnlyList<UndoLine> Rooms, IReadOnlyList<UndoLine> Kept);

/// <summary>Puts a preview into words that people can decide about, and keeps it with the request.</summary>
internal static class UndoLists
{
    public static async Task<UndoList> MakeAsync(PortalDbContext db, long batchId, UndoPreview preview, CancellationToken cancellationToken)
    {
        var files = await FilesOfRooms.FindAsync(db, batchId, preview.Files, cancellationToken);
        var used = preview.Obstacles.Select(x => x.Subject).ToHashSet(StringComparer.Ordinal);
        var rooms = preview.Rooms.OrderBy(x => used.Contains(x.Name) ? 0 : 1).ThenBy(x => x.Name, StringComparer.Ordinal)
            .Select((x, i) => new UndoLine
            {
                Kind = UndoLineKind.Room, Number = i + 1, What = "Rooms", Subject = x.Name, Messages = x.Messages, People = x.People,
                Files = files.GetValueOrDefault(x.Guid).Count, FileBytes = files.GetValueOrDefault(x.Guid).Bytes,
            });
        var names = await NamesAsync(db, batchId, preview.Kept, cancellationToken);
        var kept = preview.Kept.Select(x => (What: WhatOf(x.Table), x.Subject, NeededBy: NeedOf(x) is { } need ? names.GetValueOrDefault(need) : null))
            .Concat(preview.Files.Kept.Where(x => !x.Path.EndsWith('/')).Select(x => (What: "Files", Subject: x.Path, NeededBy: (string?)null)))
            .OrderBy(x => x.What, StringComparer.Ordinal).ThenBy(x => x.Subject, StringComparer.Ordinal)
            .Select((x, i) => new UndoLine { Kind = UndoLineKind.Kept, Number = i + 1, What = x.What, Subject = x.Subject, Messages = 0, People = 0, NeededBy = x.NeededBy })
            .ToList();
        return new([.. Sums(preview, kept.ToLookup(x => x.What))], [.. rooms], kept);
    }

    /// <summary>In one statement: a batch has up to 31 397 rooms.</summary>
    public static async Task StoreAsync(PortalDbContext db, long undoId, UndoList list, CancellationToken cancellationToken)
    {
        List<UndoLine> lines = [.. list.Rooms, .. list.Kept];
        await db.Database.ExecuteSqlAsync($"""
            insert into portal.undo_lines (undo_id, kind, number, what, subject, messages, people, needed_by, files, file_bytes)
            select {undoId}, x.kind, x.number, x.what, x.subject, x.messages, x.people, x.needed_by, x.files, x.file_bytes
            from unnest({lines.ConvertAll(x => x.Kind.ToString())}, {lines.ConvertAll(x => x.Number)}, {lines.ConvertAll(x => x.What)}, {lines.ConvertAll(x => x.Subject)},
                {lines.ConvertAll(x => x.Messages)}, {lines.ConvertAll(x => x.People)}, {lines.ConvertAll(x => x.NeededBy)}, {lines.ConvertAll(x => x.Files)}, {lines.ConvertAll(x => x.FileBytes)})
                as x (kind, number, what, subject, messages, people, needed_by, files, file_bytes)
            """, cancellationToken);
    }

    private static IEnumerable<UndoSum> Sums(UndoPreview preview, ILookup<string, UndoLine> kept)
    {
        var rows = preview.Tables.ToLookup(x => WhatOf(x.Table), x => x.Rows);
        yield return new("Rooms", preview.Rooms.Count, 0, null, []);
        yield return new("Messages", preview.Rooms.Sum(x => x.Messages), 0, null, []);
        yield return new("Rights", rows["Rights"].Sum(), 0, null, []);
        // The table of rooms holds the categories as well.
        yield return Of("Categories", Math.Max(0, rows["Categories"].Sum() - preview.Rooms.Count));
        yield return Of("People", rows["People"].Sum());
        yield return Of("AddIns", rows["AddIns"].Sum());
        if (preview.Files.FileCount + kept["Files"].Count() > 0)
            yield return Of("Files", preview.Files.FileCount) with { Bytes = preview.Files.Bytes };

        UndoSum Of(string what, long deleted) => new(what, deleted, kept[what].Count(), null,
            [.. kept[what].Select(x => x.NeededBy).OfType<string>().Distinct(StringComparer.Ordinal).Take(UndoSum.MaxNamed)]);
    }

    private static string WhatOf(string table) => table switch
    {
        "tblNode" => "Categories",
        "tblPrincipal" => "People",
        "tblSiopWhiteList" => "AddIns",
        _ => "Rights",
    };

    private static (string Kind, int Id)? NeedOf(KeptRow row) => row switch
    {
        { NeededBy: { } node } => ("Node", node),
        { NeededByPerson: { } person } => ("Principal", person),
        _ => null,
    };

    // Another batch of the pool pair wrote the room or person that needs it.
    private static async Task<Dictionary<(string, int), string>> NamesAsync(PortalDbContext db, long batchId, IReadOnlyList<KeptRow> kept, CancellationToken cancellationToken)
    {
        var needs = kept.Select(NeedOf).OfType<(string Kind, int Id)>().Distinct().ToList();
        if (needs.Count == 0)
            return [];
        var found = await db.Database.SqlQuery<Need>($"""
            select n.kind as "Kind", n.id as "Id", min(theirs.name) as "Name"
            from unnest({needs.ConvertAll(x => x.Kind)}, {needs.ConvertAll(x => x.Id)}) as n (kind, id)
            join portal.batches own on own.id = {batchId}
            join portal.ledger_ids other on other.kind = n.kind and other.id = n.id and other.batch_id <> own.id
            join portal.batches theirs on theirs.id = other.batch_id and theirs.pool_pair_id = own.pool_pair_id
            group by n.kind, n.id
            """).ToListAsync(cancellationToken);
        return found.ToDictionary(x => (x.Kind, x.Id), x => x.Name);
    }

    private sealed record Need(string Kind, int Id, string Name);
}
