using System.Buffers;
using System.Net;

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

    private static readonly SearchValues<char> _schemeUnits = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+.-");

    // What a link stands in: a quote, bare or as an entity, which also ends it.
    private static readonly string[] _quotes = ["\"", "'", "&quot;", "&#34;", "&#x22;", "&apos;", "&#39;", "&#x27;"];

    public static IEnumerable<string> In(string content)
    {
        for (var at = 0; (at = content.IndexOf(Scheme, at, StringComparison.OrdinalIgnoreCase)) >= 0;)
        {
            var start = at + Scheme.Length;
            var before = at;
            var quote = Array.Find(_quotes, x => content.AsSpan(0, before).EndsWith(x, StringComparison.OrdinalIgnoreCase));
            var end = start;
            while (end < content.Length && end - start < MaxTarget && !Ends(content, end, quote)) end++;
            yield return content[start..end];
            at = end;
        }
    }

    /// <summary>
    /// What the target may mean, likeliest first: as it stands, without the punctuation of the sentence around it, and with the entities
    /// of HTML and the escapes of a URI undone. A stored name at the end of a URL, before a query or before a fragment is one
    /// more: a guid's name can only mean that one file. A target none of which can be a path of the store has a problem instead.
    /// </summary>
    internal static (IReadOnlyList<StorePath> Paths, FileProblem? Problem) Read(string target)
    {
        if (string.IsNullOrWhiteSpace(target) || target.Length >= MaxTarget) return ([], FileProblem.LinkUnreadable);
        var spellings = Spellings(target);
        if (spellings.Exists(IsUrl))
        {
            // ma-filelink://somebody/…/name, ma-filelink:http://server/…/name: whose name that is nobody has documented.
            var named = StoredNames(spellings);
            return named.Count > 0 ? (named, null) : ([], FileProblem.LinkUnreadable);
        }
        var (paths, problem) = (new List<StorePath>(), (FileProblem?)null);
        foreach (var text in spellings)
        {
            var (path, refused) = StorePath.Read(text);
            // However else it can be read: one that leads out is not followed.
            if (refused == FileProblem.LeavesStore) return ([], refused);
            problem ??= refused;
            if (path is not null) paths.Add(path);
        }
        if (paths.Count == 0 || target.Contains('#', StringComparison.Ordinal)) paths.AddRange(StoredNames(spellings).Except(paths));
        return paths.Count > 0 ? (paths, null) : ([], problem);
    }

    private static List<StorePath> StoredNames(List<string> spellings) =>
        [.. spellings.SelectMany(x => new[] { x.Split('?', '#')[0], x }).Select(x => StorePath.Read(x[(x.LastIndexOfAny(['/', '\\', '=']) + 1)..]).Path)
            .OfType<StorePath>().Where(x => x.IsStoredName).DistinctBy(x => x.Value)];

    private static List<string> Spellings(string target)
    {
        var undone = new[] { target, WebUtility.HtmlDecode(target) };
        var bare = undone.Select(x => x.TrimEnd('.', ',', ';', ':', '!', '?', ')', ']', '}', '\'', '"'));
        List<string> written = [.. undone.Zip(bare, (x, y) => new[] { x, y }).SelectMany(x => x)];
        return [.. written.Concat(written.Select(Uri.UnescapeDataString)).Where(x => x.Length > 0).Distinct(StringComparer.Ordinal)];
    }

    // "//server", "scheme://server": a colon within a path of Windows comes after one letter, and a scheme has two or more.
    private static bool IsUrl(string text) => text.StartsWith("//", StringComparison.Ordinal)
        || (text.IndexOf("://", StringComparison.Ordinal) is var end and > 1 && text.AsSpan(0, end).IndexOfAnyExcept(_schemeUnits) < 0);

    private static bool Ends(string content, int at, string? quote) => content[at] is '<' or '>' || char.IsControl(content[at])
        || (quote is null ? char.IsWhiteSpace(content[at]) || content[at] == '"' : content.AsSpan(at).StartsWith(quote, StringComparison.OrdinalIgnoreCase));
}
