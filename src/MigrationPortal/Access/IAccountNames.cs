namespace MigrationPortal.Access;

/// <summary>What people are called, for features that stand before sign-in.</summary>
internal interface IAccountNames
{
    /// <returns>The account itself for somebody who never signed in.</returns>
    ValueTask<string> FindAsync(string account, CancellationToken cancellationToken);
}
