using System.Text.Json;
using System.Text.Json.Serialization;
using MigrationPortal.Engine.Sql;
using Npgsql;

namespace MigrationPortal.Rooms.Scanning;

/// <summary>A row of the side-by-side and what its room's own page shows of the comparison.</summary>
/// <param name="People">Of a crowded room; of others they are worked out when somebody asks.</param>
internal sealed record PairedRow(RoomPair Pair, List<PropertyLine> Lines, IReadOnlyList<RoomPeoplePart> People);

/// <summary>Loads the side-by-side rows by binary COPY.</summary>
internal static class PairWriter
{
    /// <summary>One connection copies into one table at a time: rows go in turns, so that never more of them are held.</summary>
    private const int RowsAtATime = 2_000;

    // Most values are the ones that are left out: half of the text, and half of the time that it takes.
    private static readonly JsonSerializerOptions _short = new(JsonSerializerOptions.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault };

    public static async Task WriteAsync(NpgsqlConnection connection, IEnumerable<PairedRow> rows, CancellationToken cancellationToken)
    {
        using var chunks = rows.Select(x => new WrittenRow(x.Pair, JsonSerializer.Serialize(x.Lines, _short), x.People)).Chunk(RowsAtATime).GetEnumerator();
        // The next rows are compared and put into words while the database takes these.
        var next = Task.Run(Next, CancellationToken.None);
        try
        {
            while (await next is { } chunk)
            {
                next = Task.Run(Next, CancellationToken.None);
                await WritePairsAsync(connection, chunk, cancellationToken);
                await WriteLinesAsync(connection, chunk, cancellationToken);
                await WritePeopleAsync(connection, chunk.SelectMany(x => x.People), cancellationToken);
            }
        }
        finally
        {
            // Nothing reads the pools any more once this has returned.
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        WrittenRow[]? Next() => chunks.MoveNext() ? chunks.Current : null;
    }

    private static async Task WritePairsAsync(NpgsqlConnection connection, WrittenRow[] rows, CancellationToken cancellationToken)
    {
        await using var importer = await connection.BeginBinaryImportAsync(
            """
            copy portal.room_pairs (scan_id, room_id, comparison, is_vanished, category,
              legacy_node_id, legacy_name, legacy_privacy, legacy_type, legacy_disabled, legacy_member_count, legacy_manager_count,
              legacy_message_count, legacy_first_message_at, legacy_last_message_at,
              new_node_id, new_name, new_category, new_privacy, new_type, new_disabled, new_member_count, new_manager_count,
              new_message_count, new_first_message_at, new_last_message_at, new_since_count, differences, difference_count, message_difference)
            from stdin (format binary)
            """,
            cancellationToken);
        var row = new InventoryRow(importer);
        foreach (var (p, _, _) in rows)
        {
            await importer.StartRowAsync(cancellationToken);
            row.Long(p.ScanId).Long(p.RoomId).Text(p.Comparison.ToString()).Bool(p.IsVanished).Text(p.Category)
                .Int(p.LegacyNodeId).Text(p.LegacyName).Text(p.LegacyPrivacy).Text(p.LegacyType).Bool(p.LegacyDisabled)
                .Int(p.LegacyMemberCount).Int(p.LegacyManagerCount).Long(p.LegacyMessageCount).Instant(p.LegacyFirstMessageAt).Instant(p.LegacyLastMessageAt)
                .Int(p.NewNodeId).Text(p.NewName).Text(p.NewCategory).Text(p.NewPrivacy).Text(p.NewType).Bool(p.NewDisabled)
                .Int(p.NewMemberCount).Int(p.NewManagerCount).Long(p.NewMessageCount).Instant(p.NewFirstMessageAt).Instant(p.NewLastMessageAt)
                .Long(p.NewSinceCount).Texts(p.Differences).Int(p.DifferenceCount).Text(p.MessageDifference);
        }

        await importer.CompleteAsync(cancellationToken);
    }

    private static async Task WriteLinesAsync(NpgsqlConnection connection, WrittenRow[] rows, CancellationToken cancellationToken)
    {
        await using var importer = await connection.BeginBinaryImportAsync(
            "copy portal.room_pair_properties (scan_id, room_id, lines) from stdin (format binary)", cancellationToken);
        var row = new InventoryRow(importer);
        foreach (var (pair, lines, _) in rows)
        {
            await importer.StartRowAsync(cancellationToken);
            row.Long(pair.ScanId).Long(pair.RoomId).Json(lines);
        }

        await importer.CompleteAsync(cancellationToken);
    }

    private static async Task WritePeopleAsync(NpgsqlConnection connection, IEnumerable<RoomPeoplePart> parts, CancellationToken cancellationToken)
    {
        await using var importer = await connection.BeginBinaryImportAsync(
            "copy portal.room_people (scan_id, room_id, part, version, planned, total, people) from stdin (format binary)", cancellationToken);
        var row = new InventoryRow(importer);
        foreach (var part in parts)
        {
            await importer.StartRowAsync(cancellationToken);
            row.Long(part.ScanId).Long(part.RoomId).Int(part.Part).Text(part.Version).Text(part.Planned).Int(part.Total).Json(part.People);
        }

        await importer.CompleteAsync(cancellationToken);
    }

    private sealed record WrittenRow(RoomPair Pair, string Lines, IReadOnlyList<RoomPeoplePart> People);
}
