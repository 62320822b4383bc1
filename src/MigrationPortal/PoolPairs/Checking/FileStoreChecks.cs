using MigrationPortal.Engine;
using MigrationPortal.Engine.Files;
using MigrationPortal.Ui;
using MigrationPortal.Ui.Values;

namespace MigrationPortal.PoolPairs.Checking;

/// <summary>Whether a file store is there and can be read. Whether it can be written shows when a run does so: nothing is tried out in it.</summary>
internal static class FileStoreChecks
{
    private const int LongestSeconds = 10;

    /// <param name="hasOtherStore">Whether the legacy side has one: without it nothing is copied.</param>
    public static async Task<PoolCheck> CheckAsync(string? path, bool isLegacy, bool hasOtherStore, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(path))
            return new(CheckKind.FileStore, CheckState.NotNeeded, new Wording(isLegacy ? "Check.FileStore.none-legacy" : "Check.FileStore.none-new"));
        if (!isLegacy && !hasOtherStore)
            return new(CheckKind.FileStore, CheckState.Warning, Wording.OfText(path), new Wording("Check.FileStore.no-source"));
        var opening = isLegacy ? FileStore.OpenLegacyAsync(path, cancellationToken) : FileStore.OpenAsync(path, cancellationToken);
        Outcome<FileStore> opened;
        try
        {
            // A share that does not answer keeps its thread; nobody waits for it here.
            opened = await opening.WaitAsync(TimeSpan.FromSeconds(LongestSeconds), cancellationToken);
        }
        catch (TimeoutException)
        {
            return new(CheckKind.FileStore, CheckState.Failed, new Wording("Check.FileStore.late", path, LongestSeconds));
        }

        if (opened.Refusal is { } refusal)
            return new(CheckKind.FileStore, CheckState.Failed, refusal.Wording);
        var note = isLegacy ? new Wording("Check.FileStore.readable") : FreeOf(path) is { } free ? new Wording("Check.FileStore.free", Numbers.Bytes(free)) : new Wording("Check.FileStore.readable");
        return new(CheckKind.FileStore, CheckState.Passed, Wording.OfText(path), note);
    }

    private static long? FreeOf(string path)
    {
        try
        {
            return new DriveInfo(path).AvailableFreeSpace;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // A share on Windows has no drive that could be asked.
            return null;
        }
    }
}
