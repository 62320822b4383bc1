namespace MigrationPortal.Audit;

/// <summary>How a feature words what it wrote into entries of its own. Stored entries stay as they are: their hashes are taken over them.</summary>
internal interface IAuditValues
{
    bool IsOf(string action);

    /// <summary>What a detail is called; null leaves that to the audit.</summary>
    string? Name(string detail);

    /// <param name="detail">Or <c>before</c>, or <c>after</c>.</param>
    /// <returns>Null where it is none that the feature knows: it is shown as stored.</returns>
    string? Value(string detail, string value);
}
