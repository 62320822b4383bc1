using System.Globalization;

namespace MigrationPortal.Engine.Planning;

/// <summary>
/// Turns legacy principals into rows of the new pool, keyed by directory guid alone (trap 32): one that is there is reused as it
/// is, a missing one is provisioned, federated people become disabled users so that their messages keep their author (trap 28).
/// </summary>
internal sealed class PrincipalPlanner
{
    private readonly LegacyPeople _people;
    private readonly Dictionary<Guid, ChatPrincipal> _new;
    private readonly Dictionary<int, ChatPrincipal> _legacy;
    private readonly ChatPrincipal? _system;
    private readonly UriOwners _uris;
    private readonly PlanOptions _options;
    private readonly Guid? _pool;
    private readonly Dictionary<Guid, int> _placeholders = [];

    public PrincipalPlanner(ChatPool legacy, ChatPool newPool, LegacyPeople people, UriOwners uris, PlanOptions options)
    {
        _people = people;
        _legacy = legacy.Principals.ToDictionary(p => p.PrincipalId);
        _new = NewAccounts.Of(newPool);
        _system = newPool.Principals.Where(p => p.Type == PrincipalType.SystemUser).MinBy(p => p.PrincipalId);
        _uris = uris;
        _pool = LegacyTree.FindRoot(legacy.Nodes)?.Guid;
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
        var guid = Hashes.UuidV5(pool, legacyId.ToString(CultureInfo.InvariantCulture));
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
            else if (_people.Find(guid) is { } legacy)
                planned.Add((_people.RowsOf(guid).Min(p => p.PrincipalId), Row(legacy)));
            else if (_placeholders.TryGetValue(guid, out var id))
                planned.Add((id, Placeholder(guid, id)));
        }

        return [.. planned.OrderBy(p => p.Order).Select(p => p.Row)];
    }

    private PlannedPrincipal SystemUser(ChatPrincipal system)
    {
        var rows = _legacy.Values.Where(p => p.Type == PrincipalType.SystemUser).OrderBy(p => p.PrincipalId).ToList();
        return new()
        {
            Guid = system.Guid,
            Action = PlannedAction.Reuse,
            NewId = system.PrincipalId,
            LegacyIds = [.. rows.Select(p => p.PrincipalId)],
            Uri = system.Uri,
            Name = system.Name,
            Type = PrincipalType.SystemUser,
            Decisions = [.. Merged(rows)],
        };
    }

    // Before anything that SQL Server's datetime can say; OCS 2007 R2 may not have the column.
    private static readonly DateTime Never = new(1900, 1, 1, 0, 0, 0, DateTimeKind.Unspecified);

    private PlannedPrincipal Placeholder(Guid guid, int id)
    {
        var present = _new.GetValueOrDefault(guid);
        var number = id.ToString(CultureInfo.InvariantCulture);
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
        var isFederated = PrincipalTypes.IsFederated(legacy.Type);
        var isUser = isFederated || legacy.Type == PrincipalType.User;
        var row = new PlannedPrincipal
        {
            Guid = legacy.Guid,
            Action = PlannedAction.Create,
            LegacyIds = [.. _people.RowsOf(legacy.Guid).Select(p => p.PrincipalId).Order()],
            Uri = legacy.Uri,
            Name = PersonNames.Common(legacy, isUser),
            DisplayName = isUser ? PersonNames.Plain(legacy.Name) : null,
            CompanyName = legacy.CompanyName,
            Email = legacy.Email,
            DirectoryPath = legacy.DirectoryPath,
            UserPrincipalName = legacy.UserPrincipalName,
            Type = isFederated ? PrincipalType.User : legacy.Type,
            AddedOn = legacy.AddedOn,
            UpdatedOn = legacy.UpdatedOn,
            VerifiedOn = legacy.VerifiedOn < Never ? Never : legacy.VerifiedOn,
        };
        var isTaken = _uris.IsTaken(legacy);
        if (_new.GetValueOrDefault(legacy.Guid) is { } present)
            return row with { Action = PlannedAction.Reuse, NewId = present.PrincipalId, Disabled = present.Disabled, Decisions = [new("PersonReused", "Person", null, present.Uri), .. Taken(legacy, isTaken), .. Merged(_people.RowsOf(legacy.Guid))] };

        var isDeleted = PersonNames.IsDeleted(legacy);
        return row with
        {
            Disabled = isFederated || isTaken || isDeleted ? (short)2 : legacy.Disabled == 1 && _options.DisabledFlag == DisabledFlag.Deleted ? (short)2 : legacy.Disabled,
            SchedulesDirectorySync = !isFederated && _options.DirectorySync == DirectorySync.Schedule,
            Decisions = [.. Decide(legacy, isFederated, isTaken, isDeleted), .. Merged(_people.RowsOf(legacy.Guid))],
        };
    }

    private static IEnumerable<Decision> Decide(ChatPrincipal legacy, bool isFederated, bool isTaken, bool isDeleted)
    {
        yield return new("PersonProvisioned", "Person", null, legacy.Uri);
        if (legacy.SharedGuid is { } shared)
            yield return new("GuidShared", "Identity", shared.ToString("D"), legacy.Guid.ToString("D"));
        if (isDeleted)
            yield return new("DeletedInDirectory", "Enabled", legacy.DirectoryPath, "gone");
        if (isFederated)
            yield return new("FederatedDisabled", "Enabled", "federated", "disabled");
        foreach (var taken in Taken(legacy, isTaken))
            yield return taken;
        if ((legacy.AllowedPermissions & 0b111) != 0)
            yield return new("RightGone", "Permissions", legacy.AllowedPermissions.ToString(CultureInfo.InvariantCulture));
    }

    private static IEnumerable<Decision> Taken(ChatPrincipal legacy, bool isTaken)
    {
        if (isTaken)
            yield return new("UriTaken", "Enabled", legacy.Uri, "disabled");
    }

    // Old: the rows that do not count. New: the one whose values are taken.
    private static IEnumerable<Decision> Merged(IEnumerable<ChatPrincipal> rows)
    {
        var described = rows.Select(row => string.Create(CultureInfo.InvariantCulture, $"{DisplayNames.Of(row)} ({row.Uri}, principal {row.PrincipalId})")).ToList();
        if (described.Count > 1)
            yield return new("PersonMerged", "Person", string.Join("; ", described.Skip(1)), described[0]);
    }
}
