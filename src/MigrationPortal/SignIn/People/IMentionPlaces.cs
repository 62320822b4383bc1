using MigrationPortal.Engine;

namespace MigrationPortal.SignIn.People;

/// <param name="Token">What a text holds where it mentions them.</param>
public sealed record MentionedPerson(long PersonId, string Name, string DisplayName, string Token);

/// <summary>Who can be mentioned where; answered by the feature that has the places.</summary>
internal interface IMentionPlaces
{
    /// <param name="place">Kind and id: <c>batch:12</c>.</param>
    /// <param name="search">Part of a name.</param>
    Task<Outcome<IReadOnlyList<MentionedPerson>>> FindAsync(string place, string? search, Caller caller, CancellationToken cancellationToken);
}
