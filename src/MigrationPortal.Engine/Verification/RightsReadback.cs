using MigrationPortal.Engine.Planning;
using MigrationPortal.Engine.Sql;
using MigrationPortal.Engine.Transfer;

namespace MigrationPortal.Engine.Verification;

/// <summary>Reads who may what in the written room and its category, and names every person too many or too few.</summary>
internal sealed class RightsReadback(ChatSession target, MigrationPlan plan, PlannedRoom room, IdMap ids)
{
    private readonly Dictionary<Guid, string> _names = [];
    private readonly List<SettingDifference> _found = [];

    public async Task<IReadOnlyList<SettingDifference>> CompareAsync(CancellationToken cancellationToken)
    {
        var rights = await ListRolesAsync(ids.Node(room.Guid), cancellationToken);
        Same("Member", room.Members, rights["Member"], null);
        Same("Manager", room.Managers, rights["Manager"], null);
        Same("Presenter", room.Presenters, rights["Voiced"], null);
        if (plan.Categories.FirstOrDefault(x => x.Guid == room.Category) is { } category) await CompareCategoryAsync(category, cancellationToken);
        return _found;
    }

    private async Task CompareCategoryAsync(PlannedCategory category, CancellationToken cancellationToken)
    {
        // A reused category is never written; where it differs from what this batch would have made, that is known and shown.
        var byRule = category.Action == PlannedAction.Reuse ? "CategoryReused" : null;
        var node = ids.Node(category.Guid);
        var rights = await ListRolesAsync(node, cancellationToken);
        Same("Creator", category.Creators, rights["Creator"], byRule);
        // Trap 51, without the whole catalog: this is asked once per room.
        var tables = await target.Dialect.ListTablesAsync(target, cancellationToken);
        var scopeTable = tables.Contains("tblScopePrincipal", StringComparer.OrdinalIgnoreCase) ? "tblScopePrincipal" : "tblScopedPrincipal";
        var scope = await ChatSession.ListAsync(
            target.Command($"select p.prinGuid, p.prinUri, s.scopeIsDenied from {scopeTable} s join tblPrincipal p on p.prinID = s.scopePrinID where s.scopeNodeID = @node", ("node", node)),
            row => (Guid: row.GuidOrEmpty(0), Uri: row.TextOrNull(1) ?? "", IsDenied: row.BoolOrNull(2) ?? false), cancellationToken);
        foreach (var (guid, uri, _) in scope) _names.TryAdd(guid, uri);
        Same("AllowedMember", category.Scope, scope.Where(x => !x.IsDenied).Select(x => x.Guid), byRule);
        Same("DeniedMember", [], scope.Where(x => x.IsDenied).Select(x => x.Guid), byRule);
    }

    private async Task<ILookup<string, Guid>> ListRolesAsync(int node, CancellationToken cancellationToken)
    {
        var rows = await ChatSession.ListAsync(
            target.Command("""
                select t.rtypeDesc, p.prinGuid, p.prinUri
                from tblPrincipalRole r join tblRoleType t on t.rtypeID = r.prinRoleTypeID join tblPrincipal p on p.prinID = r.prinRolePrinID
                where r.prinRoleNodeID = @node
                """, ("node", node)),
            row => (Type: row.TextOrNull(0)?.Trim() ?? "", Guid: row.GuidOrEmpty(1), Uri: row.TextOrNull(2) ?? ""), cancellationToken);
        foreach (var row in rows) _names.TryAdd(row.Guid, row.Uri);
        return rows.ToLookup(x => x.Type, x => x.Guid, StringComparer.OrdinalIgnoreCase);
    }

    private void Same(string right, IReadOnlyList<Guid> planned, IEnumerable<Guid> found, string? byRule)
    {
        var there = found.ToHashSet();
        foreach (var guid in planned.Where(x => !there.Contains(x)).Order())
            Add(new SettingDifference(right, NameOf(guid), "", byRule) { Principal = guid });
        there.ExceptWith(planned);
        foreach (var guid in there.Order())
            Add(new SettingDifference(right, "", NameOf(guid), byRule) { Principal = guid });
    }

    private void Add(SettingDifference difference)
    {
        if (_found.Count < RoomResult.MaxMismatches) _found.Add(difference);
    }

    private string NameOf(Guid guid) =>
        plan.Principals.FirstOrDefault(x => x.Guid == guid) is { } person ? person.DisplayName ?? person.Name ?? person.Uri : _names.GetValueOrDefault(guid) ?? guid.ToString();
}
