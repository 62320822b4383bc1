using MigrationPortal.Engine.Sql;

namespace MigrationPortal.Engine.Reading;

/// <summary>
/// Rows of tblPrincipal. Whoever stands twice, or is of a kind that nobody knows, is not read, so that whatever needs that person finds
/// nobody; the fault says why.
/// </summary>
internal sealed class PrincipalRows(ChatLookups lookups, bool isLegacy)
{
    private readonly HashSet<int> _ids = [];

    public ChatPrincipal? Read(ChatRow row)
    {
        if (row.NeedInt(0) is not { } id) return null;
        if (!_ids.Add(id))
        {
            row.Fault(0, new("Fault.Twice"));
            return null;
        }
        if (Type(row) is not { } type) return null;
        return new ChatPrincipal
        {
            PrincipalId = id,
            // Nobody in the directory has the empty one: who has it is known by no guid.
            Guid = row.Guid(1) ?? Guid.Empty,
            Uri = row.NeedText(2) ?? "",
            Name = row.Text(3),
            DisplayName = row.Text(4),
            CompanyName = row.Text(5),
            Email = row.Text(6),
            DirectoryPath = row.Text(7),
            UserPrincipalName = row.Text(8),
            Disabled = Disabled(row),
            Type = type,
            AllowedPermissions = row.Long(11) ?? 0,
            AddedOn = row.AssumeLong(12, 0, "Assumed.NoDate"),
            UpdatedOn = row.AssumeLong(13, 0, "Assumed.NoDate"),
            VerifiedOn = row.Time(14) ?? default,
        };
    }

    private PrincipalType? Type(ChatRow row)
    {
        if (row.NeedInt(10) is { } number)
        {
            if (lookups.PrincipalTypes.TryGetValue(number, out var known)) return known;
            row.Fault(10, new("Fault.UnknownKind", lookups.NameOf("PrincipalType", number)));
        }
        // Whoever is in the new pool already is used as it stands, whatever it is.
        return isLegacy ? null : PrincipalType.User;
    }

    // Legacy: bit. Persistent Chat: smallint (trap 29). Beyond these values nothing is documented: gone is the one that gives no rights.
    private static short Disabled(ChatRow row)
    {
        var value = row.AssumeLong(9, 0, "Assumed.NotDisabled");
        if (value is 0 or 1 or 2) return (short)value;
        row.Fault(9, new("Fault.UnknownDisabled"), blocks: false);
        return 2;
    }
}
