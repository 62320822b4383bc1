namespace MigrationPortal.PoolPairs;

/// <summary>
/// Are the file stores written as directories that this machine can reach, and apart from each other? Whether they are there is asked
/// when they are read: a share may be away for an hour.
/// </summary>
internal static class FileStoreCheck
{
    public static IEnumerable<string> Mistakes(List<PoolPairSettings> pairs)
    {
        var stores = new List<(string Key, string Path, bool IsLegacy)>();
        for (var i = 0; i < pairs.Count; i++)
        {
            var key = $"{PoolPairsSettings.Section}:{i}";
            foreach (var (side, text, isLegacy) in new[] { ("Legacy", pairs[i].Legacy.FileStore, true), ("New", pairs[i].New.FileStore, false) })
            {
                if (string.IsNullOrWhiteSpace(text))
                    continue;
                if (Mistake(text) is { } mistake)
                    yield return $"{key}:{side}:FileStore {mistake}";
                else
                    stores.Add(($"{key}:{side}:FileStore", Path.TrimEndingDirectorySeparator(Path.GetFullPath(text)), isLegacy));
            }

            if (!string.IsNullOrWhiteSpace(pairs[i].New.FileStore) && string.IsNullOrWhiteSpace(pairs[i].Legacy.FileStore))
                yield return $"{key}:New:FileStore needs {key}:Legacy:FileStore, where the files come from.";
        }

        // Legacy is never written: neither by the way of another pair, nor by a folder above or below.
        foreach (var target in stores.Where(x => !x.IsLegacy))
        {
            foreach (var legacy in stores.Where(x => x.IsLegacy && (IsWithin(x.Path, target.Path) || IsWithin(target.Path, x.Path))))
                yield return $"{target.Key} overlaps {legacy.Key}: files move into a directory of their own.";
        }
    }

    private static string? Mistake(string text)
    {
        if (!OperatingSystem.IsWindows() && text.StartsWith(@"\\", StringComparison.Ordinal))
            return $"is '{text}', a share: mount it on this machine, and write where.";
        return Path.IsPathFullyQualified(text) ? null : $"is '{text}': write the full path of a directory.";
    }

    private static bool IsWithin(string path, string folder) =>
        path == folder || path.StartsWith(folder + Path.DirectorySeparatorChar, OperatingSystem.IsWindows() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);
}
