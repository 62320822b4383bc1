namespace MigrationPortal.Engine;

/// <summary>
/// The settings and rights of one chat database: everything but the messages. Bounded by the pool's documented size (about
/// 33 000 rooms, 150 000 principals, 2 000 000 access-control entries); messages are only ever summed or streamed.
/// </summary>
public sealed record ChatPool
{
    public required IReadOnlyList<ChatNode> Nodes { get; init; }
    public required IReadOnlyList<ChatPrincipal> Principals { get; init; }
    public required IReadOnlyList<ChatAffiliation> Affiliations { get; init; }
    public required IReadOnlyList<ChatRole> Roles { get; init; }
    public required IReadOnlyList<ChatScope> Scopes { get; init; }
    public required IReadOnlyList<ChatAddIn> AddIns { get; init; }
    public required IReadOnlyList<MessageSummary> Messages { get; init; }
    /// <summary>Chat rows whose channelId is no room: shown, never copied.</summary>
    public long StrayMessageCount { get; init; }
    /// <summary>Compliance records that nobody has processed yet (trap 50, legacy only); null where that cannot be seen.</summary>
    public long? ComplianceBacklog { get; init; }
    /// <summary>What was wrong in rows that were read; empty in a sound database.</summary>
    public IReadOnlyList<RowFault> Faults { get; init; } = [];
    /// <summary>How much the database's text columns hold; columns that are not named hold what is documented.</summary>
    public IReadOnlyList<ColumnWidth> Widths { get; init; } = [];
}

/// <param name="Characters">As the server counts them: UTF-16 units on SQL Server, code points on PostgreSQL.</param>
public sealed record ColumnWidth(string Table, string Column, int Characters);

/// <summary>A category or room. Columns that one product lacks are null there. Times are .NET ticks (100 ns), UTC.</summary>
public sealed record ChatNode
{
    public required int NodeId { get; init; }
    public required Guid Guid { get; init; }
    public int? ParentId { get; init; }
    /// <summary>Trap 7: nodeType 1 is a category, 0 a room.</summary>
    public required bool IsCategory { get; init; }
    public required string Name { get; init; }
    public string Description { get; init; } = "";
    /// <summary>Legacy only; Persistent Chat has no topic.</summary>
    public string? Topic { get; init; }
    public bool? Invite { get; init; }
    public bool? Logged { get; init; }
    public bool? FilePost { get; init; }
    public bool Disabled { get; init; }
    /// <summary>Name of the behavior value: <c>normal</c> or <c>auditorium</c>.</summary>
    public string Behavior { get; init; } = "normal";
    /// <summary>Name of the visibility value (<c>private</c>, <c>scope</c>, <c>open</c>); null is "inherited" (legacy only, trap 21).</summary>
    public string? Visibility { get; init; }
    public Guid? AddInId { get; init; }
    public int AddedBy { get; init; }
    public long AddedOn { get; init; }
    public int UpdatedBy { get; init; }
    public long UpdatedOn { get; init; }
    public DateTime? PurgedOn { get; init; }
    public bool Inheritance { get; init; }
    public bool OverrideMember { get; init; }
    /// <summary>Trap 12: true means that members may create rooms, whatever the name says.</summary>
    public bool? RestrictChildCreate { get; init; }
    public int? ScopeDefinerId { get; init; }
    public int? RoleDefinerId { get; init; }
}

/// <summary>tblPrincipalType.ptypeDesc in both generations; the last three exist in legacy only (trap 30).</summary>
public enum PrincipalType
{
    SystemUser,
    User,
    DomainContainer,
    Group,
    Folder,
    ExternalUser,
    FederatedUser,
    FederatedGroup,
}

public sealed record ChatPrincipal
{
    public required int PrincipalId { get; init; }
    /// <summary>objectGUID in the directory; the only key that both pools share (trap 32).</summary>
    public required Guid Guid { get; init; }
    /// <summary>What prinGuid holds where that is no identity (trap C1), so that <see cref="Guid"/> was made from it; else null. Legacy only.</summary>
    public Guid? SharedGuid { get; init; }
    public required string Uri { get; init; }
    /// <summary>Legacy: the display name. Persistent Chat: the common name (trap 31).</summary>
    public string? Name { get; init; }
    public string? DisplayName { get; init; }
    public string? CompanyName { get; init; }
    public string? Email { get; init; }
    public string? DirectoryPath { get; init; }
    public string? UserPrincipalName { get; init; }
    /// <summary>0 active, 1 disabled, 2 gone from the directory. Legacy knows 0 and 1 only (trap 29).</summary>
    public required short Disabled { get; init; }
    public required PrincipalType Type { get; init; }
    /// <summary>Legacy only: bit 0 may upload, 1 administers users, 2 administers rooms.</summary>
    public long AllowedPermissions { get; init; }
    public long AddedOn { get; init; }
    public long UpdatedOn { get; init; }
    public DateTime VerifiedOn { get; init; }
}

public sealed record ChatAffiliation(int PrincipalId, int AffiliationId, int Index);

/// <summary>tblRoleType.rtypeDesc; numbers are not documented (trap 19).</summary>
public enum RoleType
{
    Member,
    Manager,
    Voiced,
    Creator,
}

/// <summary>HonorsOverride and HonorsScope: the row's own, else its role type's, else null (legacy only).</summary>
public readonly record struct ChatRole(int NodeId, int PrincipalId, RoleType Type, bool? HonorsOverride, bool? HonorsScope);

public readonly record struct ChatScope(int NodeId, int PrincipalId, bool IsDenied);

public sealed record ChatAddIn(Guid Id, string Name, string Url);

/// <summary>
/// What is known of a room's messages without reading them. LastChatId is the counter of tblLastChatId, which purges leave
/// above the last message; null when the room has no counter row. CounterRows says how many rows that table has (1 is right).
/// </summary>
public sealed record MessageSummary
{
    public required int NodeId { get; init; }
    public long Count { get; init; }
    public long? FirstChatId { get; init; }
    public long? LastMessageId { get; init; }
    public long? FirstTicks { get; init; }
    public long? LastTicks { get; init; }
    public long? LastChatId { get; init; }
    public int CounterRows { get; init; }
    /// <summary>Distinct authors of the room's messages (prinIDs).</summary>
    public IReadOnlyList<int> Authors { get; init; } = [];
    /// <summary>.NET ticks of the last message of each, in the order of <see cref="Authors"/>; empty where nobody kept them.</summary>
    public IReadOnlyList<long> AuthorsLastTicks { get; init; } = [];

    /// <summary>Who wrote messages dated at <paramref name="ticks"/> or later; everybody where no date is given or none was kept.</summary>
    public IEnumerable<int> AuthorsSince(long? ticks) =>
        ticks is { } from && AuthorsLastTicks.Count == Authors.Count ? Authors.Where((_, author) => AuthorsLastTicks[author] >= from) : Authors;
}
