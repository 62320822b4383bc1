using System.Buffers;
using System.Text;

namespace MigrationPortal.Engine.Files;

/// <summary>
/// Where a file stands below the root of a store: folders and name joined by <c>/</c>. There is none that leads out, and none that
/// Windows, whose shares these are, would take for anything but that file.
/// </summary>
public sealed record StorePath
{
    /// <summary>Folders below the root; uploads stand flat or one or two deep.</summary>
    private const int MaxDepth = 16;

    // NTFS: 255 UTF-16 units a name. Linux: 255 bytes, which is the smaller for anything but ASCII.
    private const int MaxName = 255;

    /// <summary>Bytes of UTF-8 of the whole path: more than Windows' own 260 characters hold, less than an index row.</summary>
    private const int MaxLength = 1024;

    // Where a copy stands until it is whole; see FileCopy.
    internal const string PartPrefix = ".portal-";

    private static readonly SearchValues<char> _patterns = SearchValues.Create("<>:\"|?*");

    private static readonly SearchValues<char> _extension = SearchValues.Create(".-_0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    private static readonly HashSet<string> _devices = new(
        [
            "CON", "PRN", "AUX", "NUL", "CLOCK$", "CONIN$", "CONOUT$", .. Numbered("COM"), .. Numbered("LPT"),
        ], StringComparer.OrdinalIgnoreCase);

    private StorePath(string value) => Value = value;

    public string Value { get; }

    public string Name => Value[(Value.LastIndexOf('/') + 1)..];

    /// <summary>Empty at the root.</summary>
    public string Folder => Value[..Math.Max(0, Value.LastIndexOf('/'))];

    /// <summary>Whether the name is the one that the file web service gives: a guid and an extension.</summary>
    public bool IsStoredName => Name.IndexOf('.', StringComparison.Ordinal) is var dot && Guid.TryParseExact(dot < 0 ? Name : Name[..dot], "D", out _)
        // The comma of the sentence that it stands in is no part of it, and neither is "#page=2".
        && (dot < 0 || Name.AsSpan(dot).IndexOfAnyExcept(_extension) < 0);

    /// <summary>Two paths with one key are one file to Windows.</summary>
    public string Key => KeyOf(Value);

    public string NameKey => KeyOf(Name);

    /// <returns>Exactly one of the two.</returns>
    public static (StorePath? Path, FileProblem? Problem) Read(string text)
    {
        var path = text.Replace('\\', '/');
        // C:\windows, \\server\share, /etc/passwd.
        if (path.StartsWith('/') || (path.Length > 1 && path[1] == ':' && char.IsAsciiLetter(path[0]))) return (null, FileProblem.LeavesStore);
        var segments = path.Split('/');
        // Windows reads "..." and ".. " as "..".
        if (Array.Exists(segments, x => x.Length > 1 && x.Trim(' ', '.').Length == 0)) return (null, FileProblem.LeavesStore);
        return segments.Length > MaxDepth || Encoding.UTF8.GetByteCount(path) > MaxLength || Array.Exists(segments, x => !IsName(x)) ? (null, FileProblem.NameRefused) : (new StorePath(path), null);
    }

    public static string KeyOf(string text) => text.ToUpperInvariant();

    public override string ToString() => Value;

    internal StorePath InFolder(string folder) => new(folder.Length == 0 ? Name : $"{folder}/{Name}");

    private static bool IsName(string name)
    {
        if (name.Length is 0 or > MaxName || Encoding.UTF8.GetByteCount(name) > MaxName) return false;
        // Windows drops these: "a.pdf." would be "a.pdf".
        if (name[^1] is '.' or ' ' || name[0] == ' ' || name.StartsWith(PartPrefix, StringComparison.OrdinalIgnoreCase)) return false;
        if (name.AsSpan().ContainsAny(_patterns) || name.Any(char.IsControl)) return false;
        for (var i = 0; i < name.Length; i++)
        {
            if (!char.IsSurrogate(name[i])) continue;
            if (i + 1 == name.Length || !char.IsSurrogatePair(name[i], name[i + 1])) return false;
            i++;
        }
        // "NUL.txt" is the device, too, and so is "nul .txt".
        return !_devices.Contains(name.Split('.')[0].TrimEnd(' '));
    }

    private static IEnumerable<string> Numbered(string device) => "123456789¹²³".Select(x => $"{device}{x}");
}
