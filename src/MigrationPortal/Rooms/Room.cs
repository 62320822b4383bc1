namespace MigrationPortal.Rooms;

public enum Comparison
{
    OnlyLegacy,
    OnlyNew,
    Same,
    Different,
    Accepted,
}

/// <summary>The identity of a room across scans: minted once per pool pair and guid, never reused.</summary>
internal sealed class Room
{
    public long Id { get; init; }
    public required string PoolPairId { get; init; }
    /// <summary>nodeGuid of the legacy room, or of the new one when it is only there.</summary>
    public required Guid Guid { get; init; }
    public string? LeftOutBy { get; set; }
    public DateTimeOffset? LeftOutAt { get; set; }
    public string? LeftOutReason { get; set; }
    public string? AcceptedBy { get; set; }
    public DateTimeOffset? AcceptedAt { get; set; }
    public string? AcceptedReason { get; set; }
    /// <summary>The second person, where messages differed; null where one was enough.</summary>
    public string? AcceptedConfirmedBy { get; set; }
    /// <summary>Names of the properties that differed when it was accepted; empty when it is not.</summary>
    public List<string> AcceptedDifferences { get; set; } = [];
    /// <summary>Copied from <see cref="RoomPair.MessageDifference"/>.</summary>
    public string? AcceptedMessages { get; set; }
}

/// <summary>One row of the side-by-side list, computed once per scan so that a page is an index read.</summary>
internal sealed class RoomPair
{
    public required long ScanId { get; init; }
    public required long RoomId { get; init; }
    public Comparison Comparison { get; set; }
    /// <summary>The room was in an earlier scan and is on neither side now; it stays listed.</summary>
    public bool IsVanished { get; init; }
    /// <summary>The legacy category, else the new one, as <see cref="Access.CategoryPaths"/> writes it. The grid groups by it.</summary>
    public required string Category { get; init; }
    public int? LegacyNodeId { get; init; }
    public string? LegacyName { get; init; }
    public string? LegacyPrivacy { get; init; }
    public string? LegacyType { get; init; }
    public bool? LegacyDisabled { get; init; }
    public int? LegacyMemberCount { get; init; }
    public int? LegacyManagerCount { get; init; }
    public long? LegacyMessageCount { get; init; }
    public DateTimeOffset? LegacyFirstMessageAt { get; init; }
    public DateTimeOffset? LegacyLastMessageAt { get; init; }
    public int? NewNodeId { get; set; }
    public string? NewName { get; set; }
    public string? NewCategory { get; set; }
    public string? NewPrivacy { get; set; }
    public string? NewType { get; set; }
    public bool? NewDisabled { get; set; }
    public int? NewMemberCount { get; set; }
    public int? NewManagerCount { get; set; }
    public long? NewMessageCount { get; set; }
    public DateTimeOffset? NewFirstMessageAt { get; set; }
    public DateTimeOffset? NewLastMessageAt { get; set; }
    /// <summary>Messages posted in the new room after the legacy room's last chatId: "+n since", no difference.</summary>
    public long NewSinceCount { get; set; }
    /// <summary>Names of the properties that differ without a rule.</summary>
    public List<string> Differences { get; set; } = [];
    public int DifferenceCount { get; set; }
    /// <summary>How the messages differ: "988" by their number, "988:3f9a…" with their digest where a proof read them. Null when they do not.</summary>
    public string? MessageDifference { get; set; }
}

/// <summary>What the comparison of a pair found, property by property, planned changes marked "by rule". Apart from the pair, so that lists stay slim.</summary>
internal sealed class RoomPairProperties
{
    public required long ScanId { get; init; }
    public required long RoomId { get; init; }
    public List<PropertyLine> Lines { get; set; } = [];
    /// <summary>Who has a right in a room that was migrated since the scan, as its verification read it; null where the scan's rows say it.</summary>
    public Guid[]? NewMembers { get; set; }
    public Guid[]? NewManagers { get; set; }
    public Guid[]? NewPresenters { get; set; }
}

/// <param name="Property">Resource key of the property, e.g. <c>Invitations</c>.</param>
/// <param name="Planned">What the plan makes of the legacy value; null when it is only new.</param>
/// <param name="Code">Reason code of the planned change; null when the value does not change.</param>
/// <param name="Differs">New is not what was planned.</param>
public sealed record PropertyLine(string Property, string? Legacy, string? Planned, string? New, string? Code, bool Differs);
