using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using Npgsql;

namespace MigrationPortal.Rooms.Scanning;

/// <summary>
/// The part of a scan that decides who may do what in one legacy room: the room and the categories above it, their rights and scopes, the
/// people in those, the groups above the people, and who of the new pool has their guids or addresses. Costs what the room has, not what
/// the pool has.
/// </summary>
internal static class RoomInventory
{
    private const string Path = """
        with recursive path as (
            select node_id, parent_id from portal.inventory_nodes where scan_id = $1 and is_legacy and node_id = $2
            union
            select n.node_id, n.parent_id from path p join portal.inventory_nodes n on n.scan_id = $1 and n.is_legacy and n.node_id = p.parent_id)
        select coalesce(array_agg(node_id), array[]::integer[]) from path
        """;

    private const string Wanted = """
        with recursive above as (
            select id from (
                select principal_id from portal.inventory_roles where scan_id = $1 and is_legacy and node_id = any($2)
                union select principal_id from portal.inventory_scopes where scan_id = $1 and is_legacy and node_id = any($2)
                union select unnest(array[added_by, updated_by]) from portal.inventory_nodes where scan_id = $1 and is_legacy and node_id = any($2)) x (id)
            union
            select a.affiliation_id from above join portal.inventory_affiliations a on a.scan_id = $1 and a.is_legacy and a.principal_id = above.id)
        select coalesce(array_agg(id), array[]::integer[]) from above
        """;

    // Numbers come as rows: of a list of 50 000 the server would weigh each before it looks.
    private const string OnPath = "node_id = any($3)";

    // What decides about rights, and the name.
    private const string Rights = "principal_id, guid, uri, name, display_name, directory_path, disabled, type, updated_on";

    // Two rows of one guid may be one person.
    private const string LegacyPeople = "guid in (select x.guid from portal.inventory_principals x where x.scan_id = $1 and x.is_legacy and x.principal_id in (select unnest($3)))";

    private const string NewPeople = """
        (type = 'SystemUser' or guid in (select x.guid from portal.inventory_principals x where x.scan_id = $1 and x.is_legacy and x.principal_id in (select unnest($3)))
            or lower(uri) in (select lower(x.uri) from portal.inventory_principals x where x.scan_id = $1 and x.is_legacy and x.principal_id in (select unnest($3))))
        """;

    // Of a group that stands nowhere in the directory it matters whether anybody is known to be in it: one is enough.
    private const string Groups = """
        (principal_id in (select unnest($3)) or ctid in (
            select one.ctid from portal.inventory_principals g
            cross join lateral (select a.ctid from portal.inventory_affiliations a where a.scan_id = $1 and a.is_legacy and a.affiliation_id = g.principal_id limit 1) one
            where g.scan_id = $1 and g.is_legacy and g.principal_id in (select unnest($3)) and g.type in ('Group', 'Folder', 'DomainContainer') and coalesce(g.directory_path, '') = ''))
        """;

    /// <param name="db">Its connection is used: whoever holds a transaction waits for no second one.</param>
    public static async Task<(ChatPool Legacy, ChatPool New)> LoadAsync(PortalDbContext db, long scanId, int nodeId, CancellationToken cancellationToken)
    {
        await db.Database.OpenConnectionAsync(cancellationToken);
        try
        {
            return await LoadAsync((NpgsqlConnection)db.Database.GetDbConnection(), scanId, nodeId, cancellationToken);
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    private static async Task<(ChatPool Legacy, ChatPool New)> LoadAsync(NpgsqlConnection connection, long scanId, int nodeId, CancellationToken cancellationToken)
    {
        var path = await NumbersAsync(connection, Path, scanId, nodeId, cancellationToken);
        var people = await NumbersAsync(connection, Wanted, scanId, path, cancellationToken);
        var (legacy, target) = (new InventorySource(connection, scanId, true, cancellationToken), new InventorySource(connection, scanId, false, cancellationToken));
        return (
            new ChatPool
            {
                Nodes = await legacy.RowsAsync("nodes", "node_id", Inventory.ReadNode, OnPath, path),
                Principals = await legacy.RowsAsync("principals", "principal_id", ReadPrincipal, LegacyPeople, people, Rights),
                Affiliations = await legacy.RowsAsync("affiliations", "principal_id, affiliation_id, index", Inventory.ReadAffiliation, Groups, people),
                Roles = await legacy.RowsAsync("roles", "node_id, principal_id, type", Inventory.ReadRole, OnPath, path),
                Scopes = await legacy.RowsAsync("scopes", "node_id, principal_id", Inventory.ReadScope, OnPath, path),
                AddIns = await legacy.RowsAsync("add_ins", "id", Inventory.ReadAddIn),
                Messages = [],
            },
            new ChatPool
            {
                Nodes = [],
                Principals = await target.RowsAsync("principals", "principal_id", ReadPrincipal, NewPeople, people, Rights),
                Affiliations = [],
                Roles = [],
                Scopes = [],
                AddIns = [],
                Messages = [],
            });
    }

    private static ChatPrincipal ReadPrincipal(NpgsqlDataReader r) => new()
    {
        PrincipalId = r.GetInt32(0),
        Guid = r.GetGuid(1),
        Uri = r.GetString(2),
        Name = r.IsDBNull(3) ? null : r.GetString(3),
        DisplayName = r.IsDBNull(4) ? null : r.GetString(4),
        DirectoryPath = r.IsDBNull(5) ? null : r.GetString(5),
        Disabled = r.GetInt16(6),
        Type = Enum.Parse<PrincipalType>(r.GetString(7)),
        UpdatedOn = r.GetInt64(8),
    };

    private static async Task<int[]> NumbersAsync(NpgsqlConnection connection, string sql, long scanId, object second, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection) { Parameters = { new() { Value = scanId }, new() { Value = second } } };
        return (int[])(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
