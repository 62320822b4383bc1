using System.Text.Json;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Sql;
using Npgsql;
using NpgsqlTypes;

namespace MigrationPortal.Rooms.Scanning;

/// <summary>Loads one side of a scan by binary COPY, in the transaction that will make it visible.</summary>
internal static class InventoryWriter
{
    public static async Task WriteAsync(NpgsqlConnection connection, long scanId, bool isLegacy, ChatPool pool, CancellationToken cancellationToken)
    {
        var copy = new InventoryCopy(connection, scanId, isLegacy, cancellationToken);
        await copy.RowsAsync("nodes", pool.Nodes, WriteNode);
        await copy.RowsAsync("principals", pool.Principals, WritePrincipal);
        await copy.RowsAsync("affiliations", pool.Affiliations, (row, a) => row.Int(a.PrincipalId).Int(a.AffiliationId).Int(a.Index));
        await copy.RowsAsync("roles", pool.Roles, (row, r) =>
            row.Int(r.NodeId).Int(r.PrincipalId).Text(r.Type.ToString()).Bool(r.HonorsOverride).Bool(r.HonorsScope));
        await copy.RowsAsync("scopes", pool.Scopes, (row, s) => row.Int(s.NodeId).Int(s.PrincipalId).Bool(s.IsDenied));
        await copy.RowsAsync("add_ins", pool.AddIns, (row, a) => row.Uuid(a.Id).Text(a.Name).Text(a.Url));
        await copy.RowsAsync("messages", pool.Messages, WriteMessages);
        await copy.RowsAsync("faults", pool.Faults, (row, f) =>
            row.Text(f.Table).Text(f.Column).Text(f.Key).Wording(f.Problem).Int(f.NodeId).Int(f.PrincipalId).Bool(f.Blocks).Long(f.Rows));
        await copy.RowsAsync("widths", pool.Widths, (row, w) => row.Text(w.Table).Text(w.Column).Int(w.Characters));
    }

    private static InventoryRow WriteNode(InventoryRow row, ChatNode n) => row
        .Int(n.NodeId).Uuid(n.Guid).Int(n.ParentId).Bool(n.IsCategory).Text(n.Name).Text(n.Description).Text(n.Topic)
        .Bool(n.Invite).Bool(n.Logged).Bool(n.FilePost).Bool(n.Disabled).Text(n.Behavior).Text(n.Visibility).Uuid(n.AddInId)
        .Int(n.AddedBy).Long(n.AddedOn).Int(n.UpdatedBy).Long(n.UpdatedOn).Time(n.PurgedOn)
        .Bool(n.Inheritance).Bool(n.OverrideMember).Bool(n.RestrictChildCreate).Int(n.ScopeDefinerId).Int(n.RoleDefinerId);

    private static InventoryRow WritePrincipal(InventoryRow row, ChatPrincipal p) => row
        .Int(p.PrincipalId).Uuid(p.Guid).Text(p.Uri).Text(p.Name).Text(p.DisplayName).Text(p.CompanyName).Text(p.Email)
        .Text(p.DirectoryPath).Text(p.UserPrincipalName).Short(p.Disabled).Text(p.Type.ToString())
        .Long(p.AllowedPermissions).Long(p.AddedOn).Long(p.UpdatedOn).Time(p.VerifiedOn).Uuid(p.SharedGuid);

    private static InventoryRow WriteMessages(InventoryRow row, MessageSummary m) => row
        .Int(m.NodeId).Long(m.Count).Long(m.FirstChatId).Long(m.LastMessageId).Long(m.FirstTicks).Long(m.LastTicks)
        .Long(m.LastChatId).Int(m.CounterRows).Ints(m.Authors).Longs(m.AuthorsLastTicks);
}

/// <summary>One COPY per inventory table; every row starts with scan and side.</summary>
internal sealed class InventoryCopy(NpgsqlConnection connection, long scanId, bool isLegacy, CancellationToken cancellationToken)
{
    public async Task RowsAsync<T>(string table, IReadOnlyList<T> rows, Func<InventoryRow, T, InventoryRow> write)
    {
        await using var importer = await connection.BeginBinaryImportAsync($"copy portal.inventory_{table} from stdin (format binary)", cancellationToken);
        var row = new InventoryRow(importer);
        foreach (var item in rows)
        {
            await importer.StartRowAsync(cancellationToken);
            write(row.Long(scanId).Bool(isLegacy), item);
        }

        await importer.CompleteAsync(cancellationToken);
    }
}

/// <summary>Writes values of one row in column order. Synchronous on purpose: the importer buffers, and flushes by itself.</summary>
internal sealed class InventoryRow(NpgsqlBinaryImporter importer)
{
    public InventoryRow Int(int? value) => Write(value, NpgsqlDbType.Integer);

    public InventoryRow Short(short value) => Write<short>(value, NpgsqlDbType.Smallint);

    public InventoryRow Long(long? value) => Write(value, NpgsqlDbType.Bigint);

    public InventoryRow Bool(bool? value) => Write(value, NpgsqlDbType.Boolean);

    public InventoryRow Uuid(Guid? value) => Write(value, NpgsqlDbType.Uuid);

    public InventoryRow Time(DateTime? value) => Write(value is { } time ? DateTime.SpecifyKind(time, DateTimeKind.Unspecified) : value, NpgsqlDbType.Timestamp);

    public InventoryRow Instant(DateTimeOffset? value) => Write(value, NpgsqlDbType.TimestampTz);

    public InventoryRow Text(string? value) => WriteObject(value is null ? null : VisibleText.Storable(value), NpgsqlDbType.Text);

    public InventoryRow Wording(Wording value) => WriteObject(JsonSerializer.Serialize(value), NpgsqlDbType.Jsonb);

    public InventoryRow Json(string value) => WriteObject(value, NpgsqlDbType.Json);

    public InventoryRow Texts(IReadOnlyList<string> values) => WriteObject(values.Select(VisibleText.Storable).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text);

    public InventoryRow Ints(IReadOnlyList<int> values) => WriteObject(values.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Integer);

    public InventoryRow Longs(IReadOnlyList<long> values) => WriteObject(values.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Bigint);

    private InventoryRow Write<T>(T? value, NpgsqlDbType type) where T : struct
    {
        if (value is { } present)
            importer.Write(present, type);
        else
            importer.WriteNull();
        return this;
    }

    private InventoryRow WriteObject<T>(T? value, NpgsqlDbType type) where T : class
    {
        if (value is not null)
            importer.Write(value, type);
        else
            importer.WriteNull();
        return this;
    }
}
