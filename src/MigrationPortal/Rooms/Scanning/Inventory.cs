using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Sql;
using Npgsql;

namespace MigrationPortal.Rooms.Scanning;

/// <summary>Reads a side of a scan back as the engine's model: what batches are planned from.</summary>
internal sealed class Inventory(IDbContextFactory<PortalDbContext> databases)
{
    public async Task<ChatPool> LoadAsync(long scanId, bool isLegacy, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await db.Database.OpenConnectionAsync(cancellationToken);
        var source = new InventorySource((NpgsqlConnection)db.Database.GetDbConnection(), scanId, isLegacy, cancellationToken);
        return new ChatPool
        {
            Nodes = await source.RowsAsync("nodes", "node_id", ReadNode),
            Principals = await source.RowsAsync("principals", "principal_id", ReadPrincipal),
            Affiliations = await source.RowsAsync("affiliations", "principal_id, affiliation_id, index", ReadAffiliation),
            Roles = await source.RowsAsync("roles", "node_id, principal_id, type", ReadRole),
            Scopes = await source.RowsAsync("scopes", "node_id, principal_id", ReadScope),
            AddIns = await source.RowsAsync("add_ins", "id", ReadAddIn),
            Messages = await source.RowsAsync("messages", "node_id", ReadMessages),
            Faults = await source.RowsAsync("faults", "\"table\", \"column\", key", r => new RowFault(r.GetString(2), r.GetString(3), r.GetString(4), JsonSerializer.Deserialize<Wording>(r.GetString(5))!)
            {
                NodeId = Int(r, 6),
                PrincipalId = Int(r, 7),
                Blocks = r.GetBoolean(8),
                Rows = r.GetInt64(9),
            }),
            Widths = await source.RowsAsync("widths", "\"table\", \"column\"", r => new ColumnWidth(r.GetString(2), r.GetString(3), r.GetInt32(4))),
            StrayMessageCount = await source.StrayMessageCountAsync(),
            ComplianceBacklog = await source.ComplianceBacklogAsync(),
        };
    }

    internal static ChatNode ReadNode(NpgsqlDataReader r) => new()
    {
        NodeId = r.GetInt32(2),
        Guid = r.GetGuid(3),
        ParentId = Int(r, 4),
        IsCategory = r.GetBoolean(5),
        Name = r.GetString(6),
        Description = r.GetString(7),
        Topic = Text(r, 8),
        Invite = Bool(r, 9),
        Logged = Bool(r, 10),
        FilePost = Bool(r, 11),
        Disabled = r.GetBoolean(12),
        Behavior = r.GetString(13),
        Visibility = Text(r, 14),
        AddInId = r.IsDBNull(15) ? null : r.GetGuid(15),
        AddedBy = r.GetInt32(16),
        AddedOn = r.GetInt64(17),
        UpdatedBy = r.GetInt32(18),
        UpdatedOn = r.GetInt64(19),
        PurgedOn = r.IsDBNull(20) ? null : r.GetDateTime(20),
        Inheritance = r.GetBoolean(21),
        OverrideMember = r.GetBoolean(22),
        RestrictChildCreate = Bool(r, 23),
        ScopeDefinerId = Int(r, 24),
        RoleDefinerId = Int(r, 25),
    };

    internal static ChatPrincipal ReadPrincipal(NpgsqlDataReader r) => new()
    {
        PrincipalId = r.GetInt32(2),
        Guid = r.GetGuid(3),
        Uri = r.GetString(4),
        Name = Text(r, 5),
        DisplayName = Text(r, 6),
        CompanyName = Text(r, 7),
        Email = Text(r, 8),
        DirectoryPath = Text(r, 9),
        UserPrincipalName = Text(r, 10),
        Disabled = r.GetInt16(11),
        Type = Enum.Parse<PrincipalType>(r.GetString(12)),
        AllowedPermissions = r.GetInt64(13),
        AddedOn = r.GetInt64(14),
        UpdatedOn = r.GetInt64(15),
        VerifiedOn = r.GetDateTime(16),
        SharedGuid = r.IsDBNull(17) ? null : r.GetGuid(17),
    };

    internal static ChatAffiliation ReadAffiliation(NpgsqlDataReader r) => new(r.GetInt32(2), r.GetInt32(3), r.GetInt32(4));

    internal static ChatRole ReadRole(NpgsqlDataReader r) => new(r.GetInt32(2), r.GetInt32(3), Enum.Parse<RoleType>(r.GetString(4)), Bool(r, 5), Bool(r, 6));

    internal static ChatScope ReadScope(NpgsqlDataReader r) => new(r.GetInt32(2), r.GetInt32(3), r.GetBoolean(4));

    internal static ChatAddIn ReadAddIn(NpgsqlDataReader r) => new(r.GetGuid(2), r.GetString(3), r.GetString(4));

    private static MessageSummary ReadMessages(NpgsqlDataReader r) => new()
    {
        NodeId = r.GetInt32(2),
        Count = r.GetInt64(3),
        FirstChatId = Long(r, 4),
        LastMessageId = Long(r, 5),
        FirstTicks = Long(r, 6),
        LastTicks = Long(r, 7),
        LastChatId = Long(r, 8),
        CounterRows = r.GetInt32(9),
        Authors = r.GetFieldValue<int[]>(10),
        AuthorsLastTicks = r.GetFieldValue<long[]>(11),
    };

    private static int? Int(NpgsqlDataReader r, int column) => r.IsDBNull(column) ? null : r.GetInt32(column);

    private static long? Long(NpgsqlDataReader r, int column) => r.IsDBNull(column) ? null : r.GetInt64(column);

    private static bool? Bool(NpgsqlDataReader r, int column) => r.IsDBNull(column) ? null : r.GetBoolean(column);

    private static string? Text(NpgsqlDataReader r, int column) => r.IsDBNull(column) ? null : r.GetString(column);
}

internal sealed class InventorySource(NpgsqlConnection connection, long scanId, bool isLegacy, CancellationToken cancellationToken)
{
    /// <param name="filter">A condition, in which <paramref name="numbers"/> are $3.</param>
    public async Task<IReadOnlyList<T>> RowsAsync<T>(string table, string order, Func<NpgsqlDataReader, T> read, string? filter = null, int[]? numbers = null, string columns = "*")
    {
        await using var command = Command($"select {columns} from portal.inventory_{table} where scan_id = $1 and is_legacy = $2{(filter is null ? "" : $" and {filter}")} order by {order}");
        if (numbers is not null)
            command.Parameters.Add(new() { Value = numbers });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellationToken))
            rows.Add(read(reader));
        return rows;
    }

    public async Task<long> StrayMessageCountAsync()
    {
        await using var command = Command("select case when $2 then coalesce(stray_message_count, 0) else 0 end from portal.scans where id = $1");
        return await command.ExecuteScalarAsync(cancellationToken) as long? ?? 0;
    }

    public async Task<long?> ComplianceBacklogAsync()
    {
        await using var command = Command("select case when $2 then compliance_backlog end from portal.scans where id = $1");
        return await command.ExecuteScalarAsync(cancellationToken) as long?;
    }

    private NpgsqlCommand Command(string sql) =>
        new(sql, connection) { Parameters = { new() { Value = scanId }, new() { Value = isLegacy } } };
}
