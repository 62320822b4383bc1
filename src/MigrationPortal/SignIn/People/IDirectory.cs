using MigrationPortal.Engine;

namespace MigrationPortal.SignIn.People;

/// <summary>What a directory says now about somebody who signed in earlier.</summary>
internal abstract record DirectoryAnswer
{
    public sealed record Known(string DisplayName, Memberships Memberships, string? Mail = null) : DirectoryAnswer;

    /// <param name="Why">For log and audit: disabled, locked, expired, gone.</param>
    public sealed record Barred(Wording Why) : DirectoryAnswer;

    public sealed record Unavailable : DirectoryAnswer;
}

/// <summary>A directory that can be asked about people without them being there.</summary>
internal interface IDirectory
{
    bool Answers(PersonSource source);

    Task<DirectoryAnswer> FindAsync(Person person, CancellationToken cancellationToken);
}
