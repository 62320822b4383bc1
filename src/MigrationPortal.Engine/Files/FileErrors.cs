namespace MigrationPortal.Engine.Files;

/// <summary>What went wrong with a store, in a sentence that names the directory and the remedy.</summary>
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
        return failure switch
        {
            UnauthorizedAccessException => path is null ? new Refusal("file-store-denied", RefusalKind.Invalid, store) : new Refusal("file-store-denied.file", RefusalKind.Invalid, store, path),
            _ when _full.Contains(failure.HResult) => new Refusal("file-store-full", RefusalKind.Invalid, store),
            _ when _readOnly.Contains(failure.HResult) => new Refusal("file-store-read-only", RefusalKind.Invalid, store),
            _ => Away(store),
        };
    }

    /// <summary>Waited out: shares come back.</summary>
    public static Refusal Away(string store) => new("file-store-unreachable", RefusalKind.Unavailable, store);
}
