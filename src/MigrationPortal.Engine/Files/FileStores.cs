namespace MigrationPortal.Engine.Files;

/// <summary>The two directories that hold what people uploaded (trap 39), as this machine reaches them: a local path or a mounted share.</summary>
/// <param name="Legacy">Only ever read.</param>
/// <param name="New">Null: what the links mean is looked at, and nothing is moved.</param>
public sealed record FileStores(string Legacy, string? New);

/// <summary>Why a file that a message links to is not, or not as it was, in the new store.</summary>
public enum FileProblem
{
    /// <summary>What follows <c>ma-filelink:</c> has a shape that nobody has documented.</summary>
    LinkUnreadable,
    /// <summary>The link names a place outside the store, or one that a symbolic link leads out of.</summary>
    LeavesStore,
    /// <summary>A name that Windows takes for something else: a device, a stream, a pattern.</summary>
    NameRefused,
    /// <summary>The legacy store has no such file.</summary>
    Missing,
    /// <summary>A named pipe, a socket or a device has that name; it is never opened.</summary>
    NotRegular,
    /// <summary>Several files answer to the name: they differ in case alone, or stand in several folders.</summary>
    Ambiguous,
    /// <summary>It is there and cannot be read.</summary>
    Unreadable,
    /// <summary>Another content stands under that name in the new store; it is not touched.</summary>
    Differs,
    /// <summary>The legacy file is no longer the one that was copied.</summary>
    Changed,
    /// <summary>The new store does not have it.</summary>
    NotCopied,
}
