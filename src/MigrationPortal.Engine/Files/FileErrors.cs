namespace MigrationPortal.Engine.Files;

/// <summary>What went wrong with a store, in one sentence that names the directory and the remedy.</summary>
internal static class FileErrors
{
    // Linux' numbers, as .NET passes them on, and what Windows says.
    private static readonly int[] _full = [28, 122, unchecked((int)0x80070070), unchecked((int)0x80070027)];
    private static readonly int[] _readOnly = [30, unchecked((int)0x80070013)];

    public static bool Recognises(Exception failure) => failure is IOException or UnauthorizedAccessException;

    /// <param name="store">The root of the store.</param>
    /// <param name="path">Below the root; null is the root itself.</param>
    public static Refusal Explain(Exception failure, string store, string? path = null)
    {
        var place = path is null ? $"the file store {store}" : $"\"{path}\" in the file store {store}";
        return failure switch
        {
            UnauthorizedAccessException => new Refusal("file-store-denied", $"The portal may not use {place}; let its user read there, and write where files are copied to."),
            _ when _full.Contains(failure.HResult) => new Refusal("file-store-full", $"The file store {store} is full; make room, then resume: what was copied stays."),
            _ when _readOnly.Contains(failure.HResult) => new Refusal("file-store-read-only", $"The file store {store} admits no writing; mount it for writing, then resume."),
            _ => Away(store),
        };
    }

    /// <summary>Waited out: shares come back.</summary>
    public static Refusal Away(string store) => new(
        "file-store-unreachable", $"The file store {store} cannot be reached; mount it or correct FileStore, then try again.", RefusalKind.Unavailable);
}
