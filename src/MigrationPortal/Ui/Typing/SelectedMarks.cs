using System.Text;

namespace MigrationPortal.Ui.Typing;

/// <summary>What each selected thing was like when it was selected, as a short text: <c>mark:ids</c> for all that were alike, ids as <see cref="SelectedIds"/> writes them.</summary>
internal static class SelectedMarks
{
    // A message of a browser to its circuit has 32 KB at most.
    private const int MostCharacters = 30_000;

    /// <returns>Without those that the browser has no room for: whoever asks for them later finds none.</returns>
    public static string Write(IEnumerable<KeyValuePair<long, string?>> marks)
    {
        var text = new StringBuilder();
        foreach (var alike in marks.Where(x => x.Value is not null).GroupBy(x => x.Value!, x => x.Key, StringComparer.Ordinal).OrderBy(x => x.Key, StringComparer.Ordinal))
        {
            var part = $"{alike.Key}:{SelectedIds.Write(alike)}";
            if (text.Length + part.Length < MostCharacters)
                text.Append(text.Length > 0 ? ";" : "").Append(part);
        }

        return text.ToString();
    }

    /// <param name="text">May be anything, since a browser kept it.</param>
    /// <param name="among">Of these alone.</param>
    public static Dictionary<long, string> Read(string? text, IReadOnlyCollection<long> among)
    {
        var (marks, left) = (new Dictionary<long, string>(), among.ToHashSet());
        foreach (var part in (text ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            if (left.Count == 0 || part.Split(':') is not [var mark, var ids])
                break;
            foreach (var id in SelectedIds.Read(ids).Where(left.Remove))
                marks.Add(id, mark);
        }

        return marks;
    }
}
