namespace MigrationPortal.Engine.Planning;

/// <summary>
/// Turns legacy principals into rows of the new pool, keyed by directory guid alone (trap 32): one that is there is reused as it
/// is, a missing one is provisioned, federated people become disabled users so that their messages keep their author (trap 28).
/// </summary>
internal sealed class PrincipalPlanner
{
    private readonly ILookup<Guid, ChatPrincipal> _legacyByGuid;
    private readonly Dictionary<Guid, ChatPrincipal> _new;
    private readonly Dictionary<int, ChatPrincipal> _legacy;
    private readonly ChatPrincipal? _system;
    private readonly UriOwners _uris;
    private readonly PlanOptions _options;
    private readonly Guid? _pool;
    private readonly Dictionary<Guid, int> _placeholders = [];

    public PrincipalPlanner(ChatPool legacy, ChatPool newPool, UriOwners uris, PlanOptions options)
    {
        _legacyByGuid = legacy.Principals.ToLookup(p => p.Guid);
        _legacy = legacy.Principals.ToDictionary(p => p.PrincipalId);
        _new = newPool.Principals.GroupBy(p => p.Guid).ToDictionary(g => g.Key, g => g.MinBy(p => p.PrincipalId)!);
        _system = newPool.Principals.Where(p => p.Type == PrincipalType.SystemUser).MinBy(p => p.PrincipalId);
        _uris = uris;
        _pool = legacy.Nodes.FirstOrDefault(n => n.IsCategory && n.ParentId == n.NodeId)?.Guid;
        _options = options;
    }

    /// <summary>The new pool's principal for a legacy id; null when there is none, or when its kind gets no row.</summary>
    public Guid? GuidOf(int legacyId)
    {
        if (_legacy.GetValueOrDefault(legacyId) is not { } legacy || legacy.Type == PrincipalType.FederatedGroup)
            return null;
        return legacy.Type == PrincipalType.SystemUser ? _system?.Guid : legacy.Guid;
    }

    /// <summary>The author of a message; where nobody knows the id and people chose so, somebody who stands in for it (trap 28).</summary>
    public Guid? AuthorOf(int legacyId)
    {
        if (GuidOf(legacyId) is { } known)
            return known;
        if (_options.AuthorWithoutPrincipal == AuthorWithoutPrincipal.Block || _pool is not { } pool)
            return null;
        var guid = Hashes.UuidV5(pool, legacyId.ToString(System.Globalization.CultureInfo.InvariantCulture));
        _placeholders[guid] = legacyId;
        return guid;
    }

    /// <summary>Rows for the guids asked for, in the order of their lowest legacy prinID.</summary>
    public IReadOnlyList<PlannedPrincipal> Plan(IReadOnlySet<Guid> needed)
    {
        var planned = new List<(int Order, PlannedPrincipal Row)>(needed.Count);
        foreach (var guid in needed)
        {
            if (_system is { } system && guid == system.Guid)
                planned.Add((0, SystemUser(system)));
            else if (_legacyByGuid[guid].MinBy(p => p.PrincipalId) is { } legacy)
                planned.Add((legacy.PrincipalId, Row(legacy)));
            else if (_placeholders.TryGetValue(guid, out var id))
                planned.Add((id, Placeholder(guid, id)));
        }

        return [.. planned.OrderBy(p => p.Order).Select(p => p.Row)];
    }

    private PlannedPrincipal SystemUser(ChatPrincipal system) => new()
    {
        Guid = system.Guid,
        Action = PlannedAction.Reuse,
        NewId = system.PrincipalId,
        LegacyIds = [.. _legacy.Values.Where(p => p.Type == PrincipalType.SystemUser).Select(p => p.PrincipalId).Order()],
        Uri = system.Uri,
        Name = system.Name,
        Type = PrincipalType.SystemUser,
    };

    // Before anything that SQL Server's datetime can say; OCS 2007 R2 may not have the column.
    private static readonly DateTime Never = new(1900, 1, 1, 0, 0, 0, DateTimeKind.Unspecified);

    private PlannedPrincipal Placeholder(Guid guid, int id)
    {
        var present = _new.GetValueOrDefault(guid);
        var number = id.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return new()
        {
            Guid = guid,
            Action = present is null ? PlannedAction.Create : PlannedAction.Reuse,
            NewId = present?.PrincipalId,
            LegacyIds = [id],
            Uri = $"sip:unknown-author-{number}@unknown.invalid",
            Name = $"Unknown author {number}",
            DisplayName = $"Unknown author {number}",
            Type = PrincipalType.User,
            Disabled = 2,
            VerifiedOn = Never,
            Decisions = [new("AuthorPlaceholder", "Person", $"principal {number}", $"Unknown author {number}", "AuthorWithoutPrincipal")],
        };
    }

    private PlannedPrincipal Row(ChatPrincipal legacy)
    {
        var isFederated = Containment.IsFederated(legacy.Type);
        var isUser = isFederated || legacy.Type == PrincipalType.User;
        var row = new PlannedPrincipal
        {
            Guid = legacy.Guid,
            Action = PlannedAction.Create,
            LegacyIds = [.. _legacyByGuid[legacy.Guid].Select(p => p.PrincipalId).Order()],
            Uri = legacy.Uri,
            Name = isUser ? CommonName.Of(legacy.DirectoryPath) ?? legacy.Name : legacy.Name,
            DisplayName = isUser ? legacy.Name : null,
            CompanyName = legacy.CompanyName,
            Email = legacy.Email,
            DirectoryPath = legacy.DirectoryPath,
            UserPrincipalName = legacy.UserPrincipalName,
            Type = isFederated ? PrincipalType.User : legacy.Type,
            AddedOn = legacy.AddedOn,
            UpdatedOn = legacy.UpdatedOn,
            VerifiedOn = legacy.VerifiedOn < Never ? Never : legacy.VerifiedOn,
        };
        if (_new.GetValueOrDefault(legacy.Guid) is { } present)
            return row with { Action = PlannedAction.Reuse, NewId = present.PrincipalId, Disabled = present.Disabled, Decisions = [new("PersonReused", "Person", null, present.Uri)] };

        var isTaken = _uris.IsTaken(legacy);
        return row with
        {
            Disabled = isFederated || isTaken ? (short)2 : legacy.Disabled == 1 && _options.DisabledFlag == DisabledFlag.Deleted ? (short)2 : legacy.Disabled,
            SchedulesDirectorySync = !isFederated && _options.DirectorySync == DirectorySync.Schedule,
            Decisions = [.. Decide(legacy, isFederated, isTaken)],
        };
    }

    private static IEnumerable<Decision> Decide(ChatPrincipal legacy, bool isFederated, bool isTaken)
    {
        yield return new("PersonProvisioned", "Person", null, legacy.Uri);
        if (isFederated)
            yield return new("FederatedDisabled", "Enabled", "federated", "disabled");
        if (isTaken)
            yield return new("UriTaken", "Enabled", legacy.Uri, "disabled");
        if ((legacy.AllowedPermissions & 0b111) != 0)
            yield return new("RightGone", "Permissions", legacy.AllowedPermissions.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }
}

/// <summary>The leading <c>CN=</c> value of a distinguished name, unescaped: <c>CN=Smith\, John,OU=Ops,DC=x</c> → <c>Smith, John</c>.</summary>
internal static class CommonName
{
    public static string? Of(string? directoryPath)
    {
        if (directoryPath is null || !directoryPath.StartsWith("CN=", StringComparison.OrdinalIgnoreCase))
            return null;
        // Escapes of RFC 4514: \, before a special character, or \C3\BC for the bytes of UTF-8.
        var name = new List<byte>(directoryPath.Length);
        for (var i = 3; i < directoryPath.Length && directoryPath[i] != ',';)
        {
            var isEscape = directoryPath[i] == '\\' && i + 1 < directoryPath.Length;
            if (isEscape && i + 2 < directoryPath.Length && char.IsAsciiHexDigit(directoryPath[i + 1]) && char.IsAsciiHexDigit(directoryPath[i + 2]))
            {
                name.Add(Convert.FromHexString(directoryPath.AsSpan(i + 1, 2))[0]);
                i += 3;
                continue;
            }

            i += isEscape ? 1 : 0;
            var length = char.IsHighSurrogate(directoryPath[i]) && i + 1 < directoryPath.Length ? 2 : 1;
            name.AddRange(System.Text.Encoding.UTF8.GetBytes(directoryPath.Substring(i, length)));
            i += length;
        }

        return name.Count == 0 ? null : System.Text.Encoding.UTF8.GetString(name.ToArray());
    }
}
