using MigrationPortal.Engine;

namespace MigrationPortal.Access;

internal static class CategoryCodes
{
    public const string Unknown = "unknown-category";
    public const string Ambiguous = "ambiguous-category";
}

/// <summary>Whether a bound of a role names a category; answered by whoever knows the pools.</summary>
internal interface ICategoryCheck
{
    /// <summary>Null when the path names a category with rooms, or nothing was scanned yet; else a sentence that names those meant.</summary>
    /// <param name="poolPairId">Null asks every pool pair.</param>
    Task<Refusal?> RefuseAsync(string? poolPairId, string path, CancellationToken cancellationToken);
}
