using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace MigrationPortal.Engine.Undo;

internal static class UndoFingerprint
{
    /// <summary>Which rows and files go and which stay, one a line; messages are not part of it, so that an undo that was interrupted is still the one approved.</summary>
    public static string Of(UndoRows rows, FilesToUndo files)
    {
        var text = new StringBuilder();
        Add("room", rows.Rooms.Select(x => (int)x.Values[0]!));
        Add("category", rows.Categories.Select(x => (int)x.Values[0]!));
        Add("person", rows.People.Select(x => x.Id));
        foreach (var addIn in rows.AddIns.Select(x => (Guid)x.Values[0]!).Order()) text.Append("add-in ").Append(addIn).Append('\n');
        foreach (var kept in rows.Kept.OrderBy(x => x.Table, StringComparer.Ordinal).ThenBy(x => x.Key, StringComparer.Ordinal))
            text.Append("kept ").Append(kept.Table).Append(' ').Append(kept.Key).Append('\n');
        foreach (var file in files.Going) text.Append("file ").Append(file.Path).Append('\n');
        foreach (var file in files.Kept) text.Append("kept file ").Append(file.Path).Append('\n');
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));

        void Add(string what, IEnumerable<int> ids)
        {
            foreach (var id in ids.Order()) text.Append(CultureInfo.InvariantCulture, $"{what} {id}\n");
        }
    }
}
