namespace MigrationPortal.Runs.Viewing;

/// <summary>What the properties that differ are called in the reader's language; the feature that verifies names them.</summary>
internal interface IDifferenceNames
{
    /// <returns>The same sentence for every property that has no name of its own, as one of an older version.</returns>
    string NameOf(string property);

    /// <summary>Whether it has a name of its own.</summary>
    bool Knows(string property);
}
