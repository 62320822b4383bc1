using System.Globalization;
using Microsoft.Win32.SafeHandles;

namespace MigrationPortal.Engine.Files;

/// <summary>Paths without any symbolic link in them.</summary>
internal static class RealPath
{
    // As many as Linux follows.
    private const int MaxLinks = 40;

    /// <summary>Null where nothing is there.</summary>
    public static string? Of(string path)
    {
        var (done, links) = (Path.GetPathRoot(Path.GetFullPath(path))!, 0);
        var left = new Stack<string>(Enumerable.Reverse(Names(Path.GetFullPath(path))));
        while (left.TryPop(out var name))
        {
            var at = Path.GetFullPath(Path.Join(done, name));
            FileSystemInfo found = Directory.Exists(at) ? new DirectoryInfo(at) : new FileInfo(at);
            if (found.LinkTarget is not { } target)
            {
                if (!found.Exists) return null;
                done = at;
                continue;
            }
            if (++links > MaxLinks) return null;
            if (Path.IsPathRooted(target)) done = Path.GetPathRoot(target)!;
            foreach (var part in Enumerable.Reverse(Names(target))) left.Push(part);
        }
        return done;
    }

    /// <summary>Of a file that is open, on Linux; null where the system does not say.</summary>
    public static string? OfHandle(SafeFileHandle handle) =>
        new FileInfo(string.Create(CultureInfo.InvariantCulture, $"/proc/self/fd/{handle.DangerousGetHandle()}")).LinkTarget;

    private static string[] Names(string path) =>
        path[(Path.GetPathRoot(path)?.Length ?? 0)..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries);
}
