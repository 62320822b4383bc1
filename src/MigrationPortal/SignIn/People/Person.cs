using MigrationPortal.Engine;

namespace MigrationPortal.SignIn.People;

internal enum PersonSource
{
    Development,
    Entra,
    Directory,
}

/// <summary>What a directory says somebody belongs to, as far as the configuration asks.</summary>
/// <param name="Groups">As the configuration writes them: names, distinguished names or object ids.</param>
/// <param name="AppRoles">Roles that the provider itself assigns, by the portal's own names.</param>
internal sealed record Memberships(IReadOnlyList<string> Groups, IReadOnlyList<string> AppRoles)
{
    public static Memberships None { get; } = new([], []);

    public bool IsSameAs(Memberships other) =>
        Groups.Order(StringComparer.OrdinalIgnoreCase).SequenceEqual(other.Groups.Order(StringComparer.OrdinalIgnoreCase), StringComparer.OrdinalIgnoreCase)
        && AppRoles.Order(StringComparer.Ordinal).SequenceEqual(other.AppRoles.Order(StringComparer.Ordinal), StringComparer.Ordinal);
}

/// <summary>Somebody who signed in at least once.</summary>
internal sealed class Person
{
    public long Id { get; init; }

    public required PersonSource Source { get; init; }

    /// <summary>What the source never changes or gives again: objectGUID, tenant and oid. Never an address or account name.</summary>
    public required string Key { get; init; }

    /// <summary>What stands in reviews and the audit; unique within the source, and kept when the directory renames somebody.</summary>
    public required string Name { get; init; }

    public required string DisplayName { get; set; }

    public required Memberships Memberships { get; set; }

    /// <summary>When the directory last said so.</summary>
    public required DateTimeOffset CheckedAt { get; set; }

    public required DateTimeOffset LastSignedInAt { get; set; }

    /// <summary>From the directory alone, never from the person; null where it has none.</summary>
    public string? Mail { get; set; }

    /// <summary>Of the portal's pages when they were here last: <c>en</c>, <c>de</c>, <c>es</c>.</summary>
    public string? Language { get; set; }

    /// <summary>Of their browser, by its IANA name.</summary>
    public string? Zone { get; set; }

    /// <summary>Why the directory lets this person in nowhere (disabled, expired, gone); null while it does.</summary>
    public Wording? Barred { get; set; }
}
