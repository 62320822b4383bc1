namespace MigrationPortal.Presence;

/// <summary>What somebody has begun to change and not saved.</summary>
public enum PresenceField
{
    Options,
    Rooms,
    /// <summary>Of the thing, or of a part of it.</summary>
    Name,
    Comment,
}

/// <summary>One browser tab at one thing.</summary>
/// <param name="Person">Account name, which is the same in every tab and on every node.</param>
/// <param name="Subject">Kind and id: <c>batch:12</c>.</param>
/// <param name="Editing">Null where the person only looks.</param>
/// <param name="IsHidden">The tab is in the background.</param>
internal sealed record PresenceEntry(string Person, string Name, string Subject, PresenceField? Editing, DateTimeOffset Since, bool IsHidden);

/// <summary>One person at one thing, however many tabs it is open in.</summary>
/// <param name="Editing">Empty where the person only looks.</param>
/// <param name="Since">Of the tab that is open longest.</param>
/// <param name="IsHidden">All of the tabs are in the background.</param>
public sealed record PresentPerson(string Person, string Name, IReadOnlyList<PresenceField> Editing, DateTimeOffset Since, bool IsHidden)
{
    internal static IEnumerable<PresentPerson> Of(IEnumerable<PresenceEntry> entries) => entries
        .GroupBy(x => x.Person, StringComparer.Ordinal)
        .Select(tabs => new PresentPerson(
            tabs.Key,
            tabs.First().Name,
            [.. tabs.Select(x => x.Editing).OfType<PresenceField>().Distinct().Order()],
            tabs.Min(x => x.Since),
            tabs.All(x => x.IsHidden)))
        .OrderBy(x => x.Since).ThenBy(x => x.Person, StringComparer.Ordinal);
}
