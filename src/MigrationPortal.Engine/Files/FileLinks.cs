namespace MigrationPortal.Engine.Files;

/// <param name="Target">What follows <c>ma-filelink:</c>, as it stands there; at most <see cref="FileLinks.MaxTarget"/> units.</param>
public readonly record struct FileLink(long ChatId, string Target);

/// <summary>
/// Finds links to files in a message. tblChat's page says only that "files are represented as ma-filelink: links"; compliance records
/// show the stored name <c>GUID.ext</c>, and the file service is asked for <c>fileUrl="name.ext"</c>. Nothing else is known of the shape:
/// <c>ma-filelink:6f1d1c60-3a52-4a8e-9c1b-0d2f5e7a9b01.xlsx</c>, bare or within quotes of the pseudo-HTML that links are written in.
/// </summary>
public static class FileLinks
{
    public const string Scheme = "ma-filelink:";

    /// <summary>Longer ones are no path of any file system; they are kept this long, so that somebody sees them.</summary>
    public const int MaxTarget = 1024;

    public static IEnumerable<string> In(string content)
    {
        for (var at = 0; (at = content.IndexOf(Scheme, at, StringComparison.OrdinalIgnoreCase)) >= 0;)
        {
            var start = at + Scheme.Length;
            var quote = at > 0 && content[at - 1] is '"' or '\'' ? content[at - 1] : '\0';
            var end = start;
            while (end < content.Length && end - start < MaxTarget && !Ends(content[end], quote)) end++;
            yield return content[start..end];
            at = end;
        }
    }

    /// <summary>
    /// What the target may mean, likeliest first: as it stands, without the punctuation of the sentence around it, and with the escapes
    /// of a URI undone. A target none of which can be a path of the store has a problem instead.
    /// </summary>
    internal static (IReadOnlyList<StorePath> Paths, FileProblem? Problem) Read(string target)
    {
        if (string.IsNullOrWhiteSpace(target) || target.Length >= MaxTarget) return ([], FileProblem.LinkUnreadable);
        // ma-filelink://somebody/…/name: whose name that is nobody has documented; a guid's name can only mean that one file.
        if (target.StartsWith("//", StringComparison.Ordinal)) return ByStoredName(target);
        var (paths, problem) = (new List<StorePath>(), (FileProblem?)null);
        foreach (var text in Spellings(target))
        {
            var (path, refused) = StorePath.Read(text);
            // However else it can be read: one that leads out is not followed.
            if (refused == FileProblem.LeavesStore) return ([], refused);
            problem ??= refused;
            if (path is not null) paths.Add(path);
        }
        return paths.Count > 0 ? (paths, null) : ([], problem);
    }

    private static (IReadOnlyList<StorePath>, FileProblem?) ByStoredName(string target)
    {
        var name = StorePath.Read(target[(target.LastIndexOf('/') + 1)..]).Path;
        return name is { IsStoredName: true } ? ([name], null) : ([], FileProblem.LinkUnreadable);
    }

    private static IEnumerable<string> Spellings(string target)
    {
        var bare = target.TrimEnd('.', ',', ';', ':', '!', '?', ')', ']', '}', '\'');
        return new[] { target, bare, Uri.UnescapeDataString(target), Uri.UnescapeDataString(bare) }.Where(x => x.Length > 0).Distinct(StringComparer.Ordinal);
    }

    private static bool Ends(char c, char quote) => quote == '\0' ? char.IsWhiteSpace(c) || char.IsControl(c) || c is '<' or '>' or '"' : c == quote || c is '<' or '>' || char.IsControl(c);
}
