using System.Globalization;
using MigrationPortal.Engine.Reading;
using MigrationPortal.Engine.Sql;
using MigrationPortal.Engine.Transfer;

namespace MigrationPortal.Engine.Undo;

/// <summary>Shared rows go with the last that needs them: tells those that go from those that stay, and says for whom they stay.</summary>
/// <param name="awaited"><inheritdoc cref="BatchUndo.Awaited" path="/summary"/></param>
internal sealed class UndoNeeds(ChatSession session, ChatCatalog catalog, IReadOnlyCollection<int> rooms, IReadOnlyDictionary<int, int> awaited)
{
    private readonly HashSet<int> _going = [.. rooms];
    private readonly List<KeptRow> _kept = [];
    // A category of this batch that stays → the room for which it does: what the category needs, that room needs.
    private readonly Dictionary<int, int> _staying = [];

    public IReadOnlyList<KeptRow> Kept => _kept;

    /// <summary>Of the batch's groups, whoever wrote them.</summary>
    public IReadOnlyList<(int Person, int Group)> Members { get; private set; } = [];

    /// <summary>A category stays while a room that stays is in it.</summary>
    public async Task<IReadOnlyList<int>> SortCategoriesAsync(IEnumerable<int> categories, Dictionary<int, string> known, CancellationToken cancellationToken)
    {
        var ours = categories.ToList();
        var children = await session.ListAnyOfAsync(
            "select parentID, nodeID from tblNode", "parentID", ours.Cast<object>(), row => (Parent: row.Int(0), Id: row.TryInt(1)), cancellationToken);
        var stays = Numbered(children).Where(x => !_going.Contains(x.Id)).GroupBy(x => x.Of).ToDictionary(x => x.Key, x => x.Min(y => y.Id));
        foreach (var (category, room) in stays.OrderBy(x => x.Key))
        {
            _kept.Add(new("tblNode", Text(category), known[category], room));
            _staying[category] = room;
        }

        var goes = ours.Where(x => !stays.ContainsKey(x)).Order().ToList();
        _going.UnionWith(goes);
        return goes;
    }

    public async Task<IReadOnlyList<FoundRow>> SortAddInsAsync(List<FoundRow> addIns, CancellationToken cancellationToken)
    {
        var used = await session.ListAnyOfAsync(
            "select siopID, nodeID from tblNode", "siopID", addIns.Select(x => x.Values[0]!), row => (Id: row.GetGuid(0), Node: row.TryInt(1)), cancellationToken);
        var stays = used.Where(x => x.Node is not null).Select(x => (x.Id, Node: x.Node!.Value)).Where(x => !_going.Contains(x.Node)).GroupBy(x => x.Id).ToDictionary(x => x.Key, x => x.Min(y => y.Node));
        foreach (var addIn in addIns.Where(x => stays.ContainsKey((Guid)x.Values[0]!)))
            _kept.Add(new("tblSiopWhiteList", addIn.Ledger.Key, addIn.Values[1] as string ?? addIn.Ledger.Key, RoomOf(stays[(Guid)addIn.Values[0]!])));
        return [.. addIns.Where(x => !stays.ContainsKey((Guid)x.Values[0]!))];
    }

    /// <param name="own">Group memberships that this batch wrote: they hold nobody back.</param>
    public async Task<IReadOnlyList<(int Id, Guid? Guid)>> SortPeopleAsync(
        IEnumerable<object> ledger, IReadOnlySet<(int Principal, int Affiliation)> own, CancellationToken cancellationToken)
    {
        var people = await session.ListAnyOfAsync(
            "select prinID, prinUri, prinGuid from tblPrincipal", "prinID", ledger, row => (Id: row.Int(0), Uri: row.TextOrNull(1) ?? "", Guid: row.IsDBNull(2) ? (Guid?)null : row.GetGuid(2)), cancellationToken);
        var ids = people.Select(x => (object)x.Id).ToList();
        var (needed, groups) = (new Dictionary<int, int>(), new Dictionary<int, int>());
        foreach (var use in UndoUses.OfPerson(catalog))
        {
            var uses = await session.ListAnyOfAsync(
                $"select distinct {use.Of}, {use.By} from {use.Table}", use.Of, ids, row => (Person: row.Int(0), Id: row.TryInt(1)), cancellationToken);
            foreach (var (person, node) in Numbered(uses).Where(x => !_going.Contains(x.Id)).OrderBy(x => x.Id)) needed.TryAdd(person, node);
        }

        foreach (var (person, _, _) in people)
            if (awaited.TryGetValue(person, out var node)) needed.TryAdd(person, node);

        if (catalog.Has("tblPrincipalAffiliations"))
            await AddGroupsAsync(ids, own, groups, cancellationToken);
        foreach (var (id, uri, _) in people.OrderBy(x => x.Id))
        {
            if (needed.TryGetValue(id, out var node)) _kept.Add(new("tblPrincipal", Text(id), uri, RoomOf(node)));
            else if (groups.TryGetValue(id, out var member)) _kept.Add(new("tblPrincipal", Text(id), uri, null, member));
        }

        return [.. people.Where(x => !needed.ContainsKey(x.Id) && !groups.ContainsKey(x.Id)).Select(x => (x.Id, x.Guid)).OrderBy(x => x.Id)];
    }

    // Somebody who stays is in a group that this batch brought along, and not by this batch.
    private async Task AddGroupsAsync(
        List<object> ids, IReadOnlySet<(int Principal, int Affiliation)> own, Dictionary<int, int> groups, CancellationToken cancellationToken)
    {
        var ours = ids.Cast<int>().ToHashSet();
        var found = await session.ListAnyOfAsync(
            "select principalID, affiliationID from tblPrincipalAffiliations", "affiliationID", ids, row => (Group: row.Int(1), Id: row.TryInt(0)), cancellationToken);
        var members = Numbered(found).Select(x => (Person: x.Id, Group: x.Of)).ToList();
        Members = members;
        foreach (var (person, group) in members.Where(x => !ours.Contains(x.Person) && !own.Contains(x)).OrderBy(x => x.Person)) groups.TryAdd(group, person);
    }

    // A row without a number, or with none that a node or person can have, needs nothing.
    private static IEnumerable<(int Of, int Id)> Numbered(IEnumerable<(int Of, int? Id)> rows) => rows.Where(x => x.Id is not null).Select(x => (x.Of, x.Id!.Value));

    private int RoomOf(int node) => _staying.GetValueOrDefault(node, node);

    private static string Text(int id) => id.ToString(CultureInfo.InvariantCulture);
}
