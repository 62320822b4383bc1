using System.Globalization;
using MigrationPortal.Engine.Planning;

namespace MigrationPortal.Engine.Reading;

/// <summary>
/// Gives every legacy principal a guid that is its own. Who is not in the directory has no objectGUID, and what Group Chat writes
/// instead is not documented (trap C1): a guid that strangers share would give the messages of one to the other.
/// </summary>
public static class Identities
{
    /// <summary>
    /// The pool with such guids; <see cref="ChatPrincipal.SharedGuid"/> keeps the one that was read. Directory people keep theirs: two rows
    /// with one of them are one person. Doing it twice changes nothing.
    /// </summary>
    public static ChatPool Separate(ChatPool legacy)
    {
        var rows = legacy.Principals.ToLookup(p => p.Guid);
        return legacy.Principals.Any(IsShared) ? legacy with { Principals = [.. legacy.Principals.Select(p => IsShared(p) ? Own(p) : p)] } : legacy;

        bool IsShared(ChatPrincipal p) =>
            p.Type != PrincipalType.SystemUser
            && (p.Guid == Guid.Empty || (PrincipalTypes.IsFederated(p.Type) && rows[p.Guid].Any(other => !IsSame(p, other))));
    }

    private static bool IsSame(ChatPrincipal one, ChatPrincipal other) =>
        one.PrincipalId == other.PrincipalId
        || (PrincipalTypes.IsFederated(other.Type) && one.Uri.Length > 0 && one.Uri.Equals(other.Uri, StringComparison.OrdinalIgnoreCase));

    private static ChatPrincipal Own(ChatPrincipal principal) => principal with
    {
        SharedGuid = principal.Guid,
        Guid = Hashes.UuidV5(principal.Guid, principal.Uri.Length > 0 ? principal.Uri.ToLowerInvariant() : principal.PrincipalId.ToString(CultureInfo.InvariantCulture)),
    };
}
