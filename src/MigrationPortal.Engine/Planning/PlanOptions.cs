using System.Text.Json.Serialization;

namespace MigrationPortal.Engine.Planning;

/// <summary>
/// How the open points of the mapping are decided. The defaults lose nothing and give nobody a right; each is explained in
/// docs/mapping.md. Set per pool pair, overridable per batch.
/// </summary>
public sealed record PlanOptions
{
    public string PrefixSeparator { get; init; } = " - ";
    public bool RootNameInPrefix { get; init; }
    public OverLongName OverLongName { get; init; } = OverLongName.Fail;
    public RoomUnderRoot RoomUnderRoot { get; init; } = RoomUnderRoot.Block;
    /// <summary>Where rooms that stand directly under the root go, with <see cref="RoomUnderRoot.PutInto"/>; it gets the root's scope.</summary>
    public string RootCategory { get; init; } = "General";
    public EmptyCategories EmptyCategories { get; init; } = EmptyCategories.Leave;
    public MixedFlags MixedFlags { get; init; } = MixedFlags.Split;
    public TopicRule Topic { get; init; } = TopicRule.Drop;
    public DisabledRooms DisabledRooms { get; init; } = DisabledRooms.MigrateDisabled;
    public OutOfScope OutOfScope { get; init; } = OutOfScope.Drop;
    public ScopeUndecided ScopeUndecided { get; init; } = ScopeUndecided.Drop;
    public PresenterNotMember PresenterNotMember { get; init; } = PresenterNotMember.Drop;
    public Creators Creators { get; init; } = Creators.Managers;
    public DirectorySync DirectorySync { get; init; } = DirectorySync.Schedule;
    public NodeAuditIds NodeAuditIds { get; init; } = NodeAuditIds.Preserve;
    public FederatedRoles FederatedRoles { get; init; } = FederatedRoles.Drop;
    public DisabledFlag DisabledFlag { get; init; } = DisabledFlag.Disabled;
    public AuthorWithoutPrincipal AuthorWithoutPrincipal { get; init; } = AuthorWithoutPrincipal.Block;
    public InvalidAddIn InvalidAddIn { get; init; } = InvalidAddIn.Block;
    public Preferences Preferences { get; init; } = Preferences.None;
    /// <summary>Messages before this day (UTC) stay behind, by their date, not by their number; null moves all (trap 41).</summary>
    public DateOnly? CutOff { get; init; }

    internal long? CutOffTicks => CutOff?.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc).Ticks;
}

[JsonConverter(typeof(JsonStringEnumConverter<RoomUnderRoot>))]
public enum RoomUnderRoot { Block, PutInto }

[JsonConverter(typeof(JsonStringEnumConverter<EmptyCategories>))]
public enum EmptyCategories { Leave, Create }

[JsonConverter(typeof(JsonStringEnumConverter<FederatedRoles>))]
public enum FederatedRoles { Drop, Keep }

/// <summary>What a legacy "disabled" becomes where nobody can tell whether the account is gone: 1 or 2 in the new pool (trap 29).</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DisabledFlag>))]
public enum DisabledFlag { Disabled, Deleted }

[JsonConverter(typeof(JsonStringEnumConverter<AuthorWithoutPrincipal>))]
public enum AuthorWithoutPrincipal { Block, Placeholder }

[JsonConverter(typeof(JsonStringEnumConverter<InvalidAddIn>))]
public enum InvalidAddIn { Block, Drop }

[JsonConverter(typeof(JsonStringEnumConverter<Preferences>))]
public enum Preferences { None, Copy }

[JsonConverter(typeof(JsonStringEnumConverter<OverLongName>))]
public enum OverLongName { Fail, Shorten }

[JsonConverter(typeof(JsonStringEnumConverter<MixedFlags>))]
public enum MixedFlags { Split, CategoryValue }

[JsonConverter(typeof(JsonStringEnumConverter<TopicRule>))]
public enum TopicRule { Drop, AppendToDescription }

[JsonConverter(typeof(JsonStringEnumConverter<DisabledRooms>))]
public enum DisabledRooms { MigrateDisabled, Skip }

[JsonConverter(typeof(JsonStringEnumConverter<OutOfScope>))]
public enum OutOfScope { Drop, Admit }

[JsonConverter(typeof(JsonStringEnumConverter<ScopeUndecided>))]
public enum ScopeUndecided { Drop, Keep, Expand }

[JsonConverter(typeof(JsonStringEnumConverter<PresenterNotMember>))]
public enum PresenterNotMember { Drop, MakeMember }

[JsonConverter(typeof(JsonStringEnumConverter<Creators>))]
public enum Creators { None, Managers, ManagersAndMembers }

[JsonConverter(typeof(JsonStringEnumConverter<DirectorySync>))]
public enum DirectorySync { Schedule, None }

[JsonConverter(typeof(JsonStringEnumConverter<NodeAuditIds>))]
public enum NodeAuditIds { Preserve, System }
