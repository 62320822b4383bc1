using System.Text.Json.Serialization;
using MigrationPortal.Engine.Preflight;

namespace MigrationPortal.Engine.Planning;

/// <summary>
/// The exact, ordered effect of a batch on the new pool, written in guids: surrogate ids are allocated when the run is
/// prepared. Messages are only summed here; they are the watermark, not part of the fingerprint.
/// </summary>
public sealed record MigrationPlan
{
    public required string Fingerprint { get; init; }
    /// <summary>In legacy prinID order, which is also the order of id allocation.</summary>
    public required IReadOnlyList<PlannedPrincipal> Principals { get; init; }
    public required IReadOnlyList<PlannedAffiliation> Affiliations { get; init; }
    public required IReadOnlyList<PlannedAddIn> AddIns { get; init; }
    /// <summary>By legacy nodeID; a category's own part before its other parts, those by guid text.</summary>
    public required IReadOnlyList<PlannedCategory> Categories { get; init; }
    /// <summary>By legacy nodeID.</summary>
    public required IReadOnlyList<PlannedRoom> Rooms { get; init; }
    /// <summary>Who can do more or less than before. A reading of the rest, and no part of the fingerprint.</summary>
    public IReadOnlyList<RightChange> RightChanges { get; init; } = [];
    /// <summary>What the checks warned of, so that a later plan of the same rooms can be held against it; null in plans that were kept before they had it.</summary>
    public IReadOnlyList<Finding>? Warnings { get; init; }
}

/// <summary>One decision of the planner: what, why, and old → new where a value changed.</summary>
/// <param name="Code">Reason code of docs/mapping.md, e.g. <c>NamePrefixed</c>.</param>
/// <param name="Property">The property or right it is about, e.g. <c>Name</c>, <c>Manager</c>.</param>
/// <param name="Source">Where the value comes from: the legacy category, the option or the rule; null when it is the row itself.</param>
public sealed record Decision(string Code, string Property, string? Old = null, string? New = null, string? Source = null)
{
    /// <summary>Whose right it is about, where it is about one: names are not unique. Known while planning only, and in no fingerprint.</summary>
    [JsonIgnore]
    public Guid? Principal { get; init; }

    /// <summary>Whether somebody loses what the legacy server let them do: a right that had no effect is lost by nobody. Known like <see cref="Principal"/>.</summary>
    [JsonIgnore]
    public bool Loses { get; init; }
}

public enum PlannedAction
{
    Create,
    Reuse,
}

public sealed record PlannedPrincipal
{
    public required Guid Guid { get; init; }
    public required PlannedAction Action { get; init; }
    /// <summary>Every legacy prinID that becomes this principal, lowest first: the author map.</summary>
    public required IReadOnlyList<int> LegacyIds { get; init; }
    /// <summary>prinID in the new pool when it is reused; null when it is created.</summary>
    public int? NewId { get; init; }
    public required string Uri { get; init; }
    public string? Name { get; init; }
    public string? DisplayName { get; init; }
    public string? CompanyName { get; init; }
    public string? Email { get; init; }
    public string? DirectoryPath { get; init; }
    public string? UserPrincipalName { get; init; }
    public short Disabled { get; init; }
    public PrincipalType Type { get; init; }
    public long AddedOn { get; init; }
    public long UpdatedOn { get; init; }
    public DateTime VerifiedOn { get; init; }
    /// <summary>Whether a tblPrincipalMeta row asks directory sync to look at it.</summary>
    public bool SchedulesDirectorySync { get; init; }
    public IReadOnlyList<Decision> Decisions { get; init; } = [];
}

/// <summary>A row of tblPrincipalAffiliations between two principals; self rows (index −1) are included.</summary>
public sealed record PlannedAffiliation(Guid Principal, Guid Affiliation, int Index);

public sealed record PlannedAddIn(Guid Id, string Name, string Url, PlannedAction Action, IReadOnlyList<Decision> Decisions);

public sealed record PlannedCategory
{
    /// <summary>nodeGuid in the new pool: the legacy guid for the own part, a UUIDv5 for the others.</summary>
    public required Guid Guid { get; init; }
    public required PlannedAction Action { get; init; }
    public required int LegacyNodeId { get; init; }
    public required bool IsOwnPart { get; init; }
    public int? NewId { get; init; }
    public required string Name { get; init; }
    public required string LegacyName { get; init; }
    public string Description { get; init; } = "";
    public required bool Invite { get; init; }
    public required bool Logged { get; init; }
    public required bool FilePost { get; init; }
    /// <summary>Null: the new pool's system user.</summary>
    public Guid? AddedBy { get; init; }
    public long AddedOn { get; init; }
    public Guid? UpdatedBy { get; init; }
    public long UpdatedOn { get; init; }
    /// <summary>Sorted by guid.</summary>
    public IReadOnlyList<Guid> Scope { get; init; } = [];
    /// <summary>
    /// Which scope of the legacy pool <see cref="Scope"/> is: hundreds of categories may have the same thousands of people. Null where it is
    /// nobody's. Known while planning only, and in no fingerprint.
    /// </summary>
    [JsonIgnore]
    public LegacyScope? LegacyScope { get; init; }
    public IReadOnlyList<Guid> Creators { get; init; } = [];
    public IReadOnlyList<Decision> Decisions { get; init; } = [];

    /// <summary>nodeGuid of the root's own part, whose identity belongs to the new pool's own root: the only own part with another guid.</summary>
    public static Guid OwnPartOfRoot(Guid root) => Hashes.UuidV5(root, "rooms");
}

/// <param name="Definer">nodeGuid of the legacy node that defines it.</param>
/// <param name="Name">That node's path; the root's own name.</param>
/// <param name="People">Sorted by guid, without whom an option adds for a single category.</param>
public sealed record LegacyScope(Guid Definer, string Name, IReadOnlyList<Guid> People);

public sealed record PlannedRoom
{
    /// <summary>nodeGuid, the same on both sides.</summary>
    public required Guid Guid { get; init; }
    public required int LegacyNodeId { get; init; }
    public required Guid Category { get; init; }
    public required string Name { get; init; }
    public required string LegacyName { get; init; }
    public string Description { get; init; } = "";
    /// <summary>False or null (inherit), never true.</summary>
    public bool? Invite { get; init; }
    public bool Disabled { get; init; }
    /// <summary><c>normal</c> or <c>auditorium</c>.</summary>
    public required string Behavior { get; init; }
    /// <summary><c>private</c> (Secret) or <c>scope</c> (Closed), never <c>open</c>.</summary>
    public required string Visibility { get; init; }
    public Guid? AddInId { get; init; }
    public Guid? AddedBy { get; init; }
    public long AddedOn { get; init; }
    public Guid? UpdatedBy { get; init; }
    public long UpdatedOn { get; init; }
    public DateTime? PurgedOn { get; init; }
    public IReadOnlyList<Guid> Members { get; init; } = [];
    public IReadOnlyList<Guid> Managers { get; init; } = [];
    public IReadOnlyList<Guid> Presenters { get; init; } = [];
    /// <summary>Messages dated before these ticks stay behind; null moves all.</summary>
    public long? CutOffTicks { get; init; }
    /// <summary>The legacy room's messages when the plan was made: the watermark.</summary>
    public required MessageSummary Messages { get; init; }
    /// <summary>Authors of the messages that move (legacy prinIDs); who wrote only before the cut-off is not needed (trap 41).</summary>
    [JsonIgnore]
    public IEnumerable<int> Authors => Messages.AuthorsSince(CutOffTicks);
    /// <summary>
    /// The files that move with the room, as of the last look at the stores; null where none do. A watermark like the messages, so it is
    /// in no fingerprint; a run reads the links again.
    /// </summary>
    [JsonIgnore]
    public RoomFiles? Files { get; init; }
    public IReadOnlyList<Decision> Decisions { get; init; } = [];
}
