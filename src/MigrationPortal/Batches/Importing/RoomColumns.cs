using System.Globalization;
using System.Resources;
using MigrationPortal.Lists;

namespace MigrationPortal.Batches.Importing;

/// <summary>What a row of a file says a room by, most certain first.</summary>
internal enum RoomColumn
{
    Id,
    Guid,
    Category,
    Name,
}

/// <summary>The titles that mean these columns: those of downloaded lists in each language, and the API's names.</summary>
internal static class RoomColumns
{
    private static readonly string[] Languages = ["", "de", "es"];

    private static readonly Dictionary<string, RoomColumn> Known = Read();

    public static int Count { get; } = Enum.GetValues<RoomColumn>().Length;

    public static int? Of(string title) => Known.TryGetValue(title, out var column) ? (int)column : null;

    private static Dictionary<string, RoomColumn> Read()
    {
        var titles = new ResourceManager(typeof(ColumnTitles));
        var known = new Dictionary<string, RoomColumn>(StringComparer.OrdinalIgnoreCase);
        foreach (var (column, keys) in new[]
        {
            (RoomColumn.Id, new[] { "RoomId" }),
            (RoomColumn.Guid, ["RoomGuid"]),
            (RoomColumn.Category, ["LegacyCategory", "Category"]),
            (RoomColumn.Name, ["LegacyRoom", "Room", "Person"]),
        })
        {
            foreach (var key in keys)
            {
                known.TryAdd(key, column);
                foreach (var language in Languages)
                    known.TryAdd(titles.GetString(key, CultureInfo.GetCultureInfo(language))!, column);
            }
        }

        foreach (var (title, column) in new[] { ("id", RoomColumn.Id), ("guid", RoomColumn.Guid), ("nodeGuid", RoomColumn.Guid) })
            known.TryAdd(title, column);
        return known;
    }
}
