using MigrationPortal.Engine;
using Npgsql;

namespace MigrationPortal.Rooms.Scanning;

/// <summary>The set-based statements of a scan; $1 is the pool pair, $2 the scan.</summary>
internal sealed class ScanSql(NpgsqlConnection connection, string poolPairId, long scanId, CancellationToken cancellationToken)
{
    private const string PairColumns = """
        room_id, comparison, category,
        legacy_node_id, legacy_name, legacy_privacy, legacy_type, legacy_disabled, legacy_member_count, legacy_manager_count,
        legacy_message_count, legacy_first_message_at, legacy_last_message_at,
        new_node_id, new_name, new_category, new_privacy, new_type, new_disabled, new_member_count, new_manager_count,
        new_message_count, new_first_message_at, new_last_message_at, new_since_count, differences, difference_count, message_difference
        """;

    // EXCEPT, since the planner knows no figures of the rows that were just loaded: for a handful it would join row by row.
    private const string Vanished = """
        p.scan_id = (select current_scan_id from portal.pool_pairs where id = $1) and p.scan_id <> $2
        and p.room_id = any (array(
            select room_id from portal.room_pairs where scan_id = (select current_scan_id from portal.pool_pairs where id = $1)
            except select room_id from portal.room_pairs where scan_id = $2))
        """;

    private static readonly string[] _tables =
    [
        "inventory_nodes", "inventory_principals", "inventory_affiliations", "inventory_roles", "inventory_scopes", "inventory_add_ins", "inventory_messages", "inventory_faults", "inventory_widths",
        "room_pairs", "room_pair_properties", "room_people",
    ];

    /// <summary>What an earlier attempt of this very scan left; normally nothing.</summary>
    public async Task ClearAsync()
    {
        foreach (var table in _tables)
            await RunAsync($"delete from portal.{table} where scan_id = $2 and $1::text is not null");
    }

    /// <summary>Ids are minted once per guid and never reused.</summary>
    public Task MintRoomsAsync() => RunAsync(
        """
        insert into portal.rooms (pool_pair_id, guid)
        select distinct on (n.guid) $1, n.guid from portal.inventory_nodes n
        where n.scan_id = $2 and not n.is_category
        order by n.guid, n.is_legacy desc, n.node_id
        on conflict (pool_pair_id, guid) do nothing
        """);

    /// <summary>A room that is on neither side any more stays listed as it was last seen.</summary>
    public async Task KeepVanishedRoomsAsync()
    {
        await RunAsync(
            $"""
            insert into portal.room_pair_properties (scan_id, room_id, lines)
            select $2, room_id, lines from portal.room_pair_properties p where {Vanished}
            """);
        await RunAsync(
            $"""
            insert into portal.room_pairs (scan_id, is_vanished, {PairColumns})
            select $2, true, {PairColumns} from portal.room_pairs p where {Vanished}
            """);
    }

    public async Task NoteFiguresAsync(ChatPool legacy)
    {
        await using var command = new NpgsqlCommand("update portal.scans set stray_message_count = $1, compliance_backlog = $3 where id = $2", connection)
        {
            Parameters = { new() { Value = legacy.StrayMessageCount }, new() { Value = scanId }, new() { Value = (object?)legacy.ComplianceBacklog ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Bigint } },
        };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>After the commit: whoever still reads the last inventory has it until now; plans keep their own copy.</summary>
    public async Task ForgetOldScansAsync()
    {
        foreach (var table in _tables)
            await RunAsync($"delete from portal.{table} where scan_id in (select id from portal.scans where pool_pair_id = $1 and id < $2)");
        // The columns that lists and rooms are looked up by; the others' figures would help no query.
        await ExecuteAsync("""
            analyze portal.room_pairs (scan_id, room_id, comparison, category, legacy_name, legacy_message_count), portal.room_pair_properties (scan_id, room_id),
                portal.inventory_nodes (scan_id, is_legacy, node_id), portal.inventory_roles (scan_id, is_legacy, node_id, principal_id),
                portal.inventory_principals (scan_id, is_legacy, principal_id, guid)
            """);
    }

    private async Task RunAsync(string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection) { Parameters = { new() { Value = poolPairId }, new() { Value = scanId } } };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
