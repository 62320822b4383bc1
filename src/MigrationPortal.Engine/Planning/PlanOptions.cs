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
    public MixedFlags MixedFlags { get; init; } = MixedFlags.Split;
    public TopicRule Topic { get; init; } = TopicRule.Drop;
    public DisabledRooms DisabledRooms { get; init; } = DisabledRooms.MigrateDisabled;
    public OutOfScope OutOfScope { get; init; } = OutOfScope.Drop;
    public ScopeUndecided ScopeUndecided { get; init; } = ScopeUndecided.Drop;
    public PresenterNotMember PresenterNotMember { get; init; } = PresenterNotMember.Drop;
    public Creators Creators { get; init; } = Creators.Managers;
    public DirectorySync DirectorySync { get; init; } = DirectorySync.Schedule;
    public NodeAuditIds NodeAuditIds { get; init; } = NodeAuditIds.Preserve;
}

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
