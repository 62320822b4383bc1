using System.Globalization;
using MigrationPortal.Engine.Reading;
using MigrationPortal.Engine.Sql;
using MigrationPortal.Engine.Transfer;

namespace MigrationPortal.Engine.Undo;

/// <summary>The rows that go when a batch is undone, by number, and what stands in the way.</summary>
internal sealed record UndoRows(
    IReadOnlyList<FoundRow> Rooms,
    IReadOnlyList<FoundRow> Categories,
    IReadOnlyList<(int Id, Guid? Guid)> People,
    IReadOnlyList<FoundRow> AddIns,
    IReadOnlyList<UndoObstacle> Obstacles,
    IReadOnlyList<KeptRow> Kept)
{
    /// <summary>Rights in the rooms and categories that go.</summary>
    public IReadOnlyList<FoundRow> Roles { get; init; } = [];

    public IReadOnlyList<FoundRow> Scopes { get; init; } = [];

    /// <summary>Members of groups that go.</summary>
    public IReadOnlyList<(int Person, int Group)> Affiliations { get; init; } = [];
}

/// <summary>
/// Compares what the ledger says with what stands in the new pool. Columns that directory sync rewrites (people, their groups and
/// their sync marks) are no reason to refuse; everything else that differs is somebody's work, and is named.
/// </summary>
/// <param name="awaited"><inheritdoc cref="BatchUndo.Awaited" path="/summary"/></param>
internal sealed class UndoReader(ChatSession session, ChatCatalog catalog, WrittenLedger ledger, IReadOnlyDictionary<int, int> awaited)
{
    private readonly ILookup<string, LedgerRow> _ledger = ledger.Rows.ToLookup(x => x.Table, StringComparer.OrdinalIgnoreCase);
    private readonly WrittenRows _written = new(session);
    private readonly List<UndoObstacle> _obstacles = [];

    public async Task<UndoRows> ReadAsync(CancellationToken cancellationToken)
    {
        var nodes = await _written.ReadAsync(TargetTables.Node, "nodeID", Numbers("tblNode"), cancellationToken);
        var foreign = Changed("tblNode", nodes).ToList();
        if (!ledger.AreConfirmed && foreign.Count == nodes.Count)
            return new UndoRows([], [], [], [], [], []);
        foreach (var changed in foreign)
            _obstacles.Add(new("RoomChanged", Name(changed), new("Obstacle.RoomChanged", Name(changed))));
        var known = nodes.DistinctBy(x => (int)x.Values[0]!).ToDictionary(x => (int)x.Values[0]!, Name);
        var roles = await CheckRightsAsync(TargetTables.Role, "prinRoleNodeID", known, cancellationToken);
        var scopes = await CheckRightsAsync(TargetTables.Scope(catalog.ScopeTable), "scopeNodeID", known, cancellationToken);
        var rooms = nodes.Where(x => x.Values[3] is false).ToList();

        var needs = new UndoNeeds(session, catalog, [.. rooms.Select(x => (int)x.Values[0]!)], awaited);
        var going = await needs.SortCategoriesAsync(nodes.Where(x => x.Values[3] is true).Select(x => (int)x.Values[0]!), known, cancellationToken);
        var addIns = await FindAddInsAsync(needs, cancellationToken);
        var people = await needs.SortPeopleAsync(Numbers("tblPrincipal"), OwnAffiliations(), cancellationToken);
        var categories = nodes.Where(x => going.Contains((int)x.Values[0]!)).ToList();
        var gone = rooms.Concat(categories).Select(x => (int)x.Values[0]!).ToHashSet();
        var strays = new UndoStrays(session, catalog, known);
        _obstacles.AddRange(await strays.FindAsync([.. rooms.Select(x => (int)x.Values[0]!)], [.. going], cancellationToken));
        _obstacles.AddRange(await strays.FindOrphansAsync(Numbers("tblNode").Cast<int>().Where(x => !known.ContainsKey(x)), cancellationToken));
        var groups = people.Select(x => x.Id).ToHashSet();
        return new UndoRows(rooms, categories, people, addIns, _obstacles, needs.Kept)
        {
            Roles = [.. roles.Where(x => gone.Contains((int)x.Values[0]!))],
            Scopes = [.. scopes.Where(x => gone.Contains((int)x.Values[0]!))],
            Affiliations = [.. needs.Members.Where(x => groups.Contains(x.Group))],
        };
    }

    /// <summary>A node's name, or its number where somebody took away all that one could see of the name.</summary>
    public static string Name(FoundRow node) => Seen(node.Values[4]) ?? UndoStrays.Number((int)node.Values[0]!);

    private static string? Seen(object? value) => value is string text && DisplayText.HasVisible(text) ? text : null;

    private IEnumerable<object> Numbers(string table) => _ledger[table].Select(x => (object)int.Parse(x.Key, CultureInfo.InvariantCulture));

    private IEnumerable<FoundRow> Changed(string table, IEnumerable<FoundRow> found)
    {
        var hashes = _ledger[table].ToDictionary(x => x.Key, x => x.Hash, StringComparer.Ordinal);
        var rows = found.ToList();
        // Without a key in the database a row may be there twice; the batch wrote it once.
        var doubled = rows.CountBy(x => x.Ledger.Key).Where(x => x.Value > 1).Select(x => x.Key).ToHashSet(StringComparer.Ordinal);
        return rows.Where(x => doubled.Contains(x.Ledger.Key) || !hashes.TryGetValue(x.Ledger.Key, out var hash) || !hash.AsSpan().SequenceEqual(x.Ledger.Hash));
    }

    private async Task<List<FoundRow>> CheckRightsAsync(TargetTable table, string column, Dictionary<int, string> known, CancellationToken cancellationToken)
    {
        var found = await _written.ReadAsync(table, column, known.Keys.Cast<object>(), cancellationToken);
        var added = Changed(table.Name, found).Select(x => (int)x.Values[0]!);
        var there = found.Select(x => x.Ledger.Key).ToHashSet(StringComparer.Ordinal);
        var removed = _ledger[table.Name].Where(x => !there.Contains(x.Key)).Select(x => int.Parse(x.Key.Split('|')[0], CultureInfo.InvariantCulture)).Where(known.ContainsKey);
        foreach (var room in added.Concat(removed).Distinct())
            _obstacles.Add(new("RightsChanged", known[room], new("Obstacle.RightsChanged", known[room])));
        return found;
    }

    private async Task<IReadOnlyList<FoundRow>> FindAddInsAsync(UndoNeeds needs, CancellationToken cancellationToken)
    {
        var found = await _written.ReadAsync(TargetTables.AddIn, "siopID", _ledger["tblSiopWhiteList"].Select(x => (object)Guid.Parse(x.Key)), cancellationToken);
        foreach (var changed in Changed("tblSiopWhiteList", found))
            _obstacles.Add(new("AddInChanged", Seen(changed.Values[1]) ?? changed.Ledger.Key, new("Obstacle.AddInChanged", Seen(changed.Values[1]) ?? changed.Ledger.Key)));
        return await needs.SortAddInsAsync(found, cancellationToken);
    }

    private HashSet<(int Principal, int Affiliation)> OwnAffiliations() =>
        [.. _ledger["tblPrincipalAffiliations"].Select(x => x.Key.Split('|')).Select(x => (int.Parse(x[0], CultureInfo.InvariantCulture), int.Parse(x[2], CultureInfo.InvariantCulture)))];
}
