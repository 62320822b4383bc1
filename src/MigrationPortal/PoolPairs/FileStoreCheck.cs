namespace MigrationPortal.PoolPairs;

/// <summary>
/// Are the file stores written as directories that this machine can reach, and apart from each other? Whether they are there is asked
/// when they are read: a share may be away for an hour.
/// </summary>
internal static class FileStoreCheck
{
    public static IEnumerable<PairMistake> Mistakes(IReadOnlyList<NamedPair> pairs)
    {
        var stores = new List<(PairKey Key, string Path, bool IsLegacy)>();
        foreach (var (pair, settings) in pairs)
        {
            var (legacy, target) = (PairKey.Of(pair, "Legacy:FileStore"), PairKey.Of(pair, "New:FileStore"));
            foreach (var (key, text, isLegacy) in new[] { (legacy, settings.Legacy.FileStore, true), (target, settings.New.FileStore, false) })
            {
                if (string.IsNullOrWhiteSpace(text))
                    continue;
                if (Mistake(text) is { } mistake)
                    yield return new(key, mistake, text);
                else
                    stores.Add((key, Path.TrimEndingDirectorySeparator(Path.GetFullPath(text)), isLegacy));
            }

            if (!string.IsNullOrWhiteSpace(settings.New.FileStore) && string.IsNullOrWhiteSpace(settings.Legacy.FileStore))
                yield return new(target, "file-store-alone", legacy);
        }

        // Legacy is never written: neither by the way of another pair, nor by a folder above or below.
        foreach (var target in stores.Where(x => !x.IsLegacy))
        {
            foreach (var legacy in stores.Where(x => x.IsLegacy && (IsWithin(x.Path, target.Path) || IsWithin(target.Path, x.Path))))
                yield return new(target.Key, "file-store-overlaps", legacy.Key);
        }
    }

    private static string? Mistake(string text)
    {
        if (!OperatingSystem.IsWindows() && text.StartsWith(@"\\", StringComparison.Ordinal))
            return "file-store-share";
        return Path.IsPathFullyQualified(text) ? null : "file-store-path";
    }

    private static bool IsWithin(string path, string folder) =>
        path == folder || path.StartsWith(folder + Path.DirectorySeparatorChar, OperatingSystem.IsWindows() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);
}
