using MigrationPortal.Engine;
using MigrationPortal.Engine.Planning;

namespace MigrationPortal.Rooms.Scanning;

/// <summary>
/// Holds a legacy room, what the plan makes of it, and the new room against each other, property by property. A planned change is
/// "by rule"; only a new value that is not the planned one is a difference.
/// </summary>
internal static class PropertyLines
{
    public static List<PropertyLine> Of(PoolView legacy, ChatNode room, PlannedRoom planned, PlannedCategory category, NewRoom? found)
    {
        var lines = new LineList(planned, found is not null);
        lines.Add("Name", room.Name, planned.Name, found?.Node.Name);
        lines.Add("Category", category.LegacyName, category.Name, found?.Category?.Name, category.Name == category.LegacyName ? null : "NamePrefixed");
        lines.Add("Description", room.Description, planned.Description, found?.Node.Description);
        lines.Add("Topic", room.Topic is { Length: > 0 } topic ? topic : null, null, null, planned.Decisions.FirstOrDefault(d => d.Property == "Topic")?.Code);
        lines.Add("Privacy", RoomValueNames.LegacyPrivacy(room.Visibility) ?? "inherited", RoomValueNames.NewPrivacy(planned.Visibility), RoomValueNames.NewPrivacy(found?.Node.Visibility));
        lines.Add("Type", RoomValueNames.Type(room.Behavior), RoomValueNames.Type(planned.Behavior), found is null ? null : RoomValueNames.Type(found.Node.Behavior));
        lines.Add("Invitations", RoomValueNames.OnOff(room.Invite), RoomValueNames.OnOff(planned.Invite), found is null ? null : RoomValueNames.OnOff(found.Node.Invite));
        lines.Add("History", RoomValueNames.OnOff(room.Logged), RoomValueNames.OnOff(category.Logged), found is null ? null : RoomValueNames.OnOff(found.Category?.Logged), Resolved(room.Logged));
        lines.Add("Uploads", RoomValueNames.OnOff(room.FilePost), RoomValueNames.OnOff(category.FilePost), found is null ? null : RoomValueNames.OnOff(found.Category?.FilePost), Resolved(room.FilePost));
        lines.Add("Disabled", RoomValueNames.YesNo(room.Disabled), RoomValueNames.YesNo(planned.Disabled), found is null ? null : RoomValueNames.YesNo(found.Node.Disabled));
        lines.Add("AddIn", AddIn(legacy, room.AddInId), AddIn(legacy, planned.AddInId), AddIn(found?.Pool, found?.Node.AddInId) ?? AddIn(legacy, found?.Node.AddInId));
        lines.AddPeople("Members", RoleType.Member, planned.Members, found?.Members);
        lines.AddPeople("Managers", RoleType.Manager, planned.Managers, found?.Managers);
        lines.AddPeople("Presenters", RoleType.Voiced, planned.Presenters, found?.Presenters);
        lines.AddMessages(planned.Messages, found);
        return lines.Lines;
    }

    private static string? Resolved(bool? own) => own is null ? "Resolved" : null;

    private static string? AddIn(PoolView? pool, Guid? id) => id is { } guid ? pool?.AddIns.GetValueOrDefault(guid)?.Name : null;
}

/// <summary>The new side of a pair, as far as its comparison needs it.</summary>
/// <param name="CountUpToLegacy">Messages up to the legacy room's last chatId.</param>
internal sealed record NewRoom(PoolView Pool, ChatNode Node, ChatNode? Category, MessageSummary Messages, long CountUpToLegacy)
{
    public IReadOnlySet<Guid> Members { get; } = Pool.Principals(Node, RoleType.Member);

    public IReadOnlySet<Guid> Managers { get; } = Pool.Principals(Node, RoleType.Manager);

    public IReadOnlySet<Guid> Presenters { get; } = Pool.Principals(Node, RoleType.Voiced);
}

internal sealed class LineList(PlannedRoom planned, bool isFound)
{
    public List<PropertyLine> Lines { get; } = [];

    public void Add(string property, string? legacy, string? plannedValue, string? found, string? code = null)
    {
        code ??= legacy == plannedValue ? null : planned.Decisions.FirstOrDefault(d => d.Property == property)?.Code;
        Lines.Add(new PropertyLine(property, legacy, plannedValue, found, code, isFound && (plannedValue ?? "") != (found ?? "")));
    }

    public void AddPeople(string property, RoleType type, IReadOnlyList<Guid> plannedGuids, IReadOnlySet<Guid>? found)
    {
        var right = type.ToString();
        var lost = planned.Decisions.FirstOrDefault(d => d.New is null && d.Property == right);
        var legacyCount = LegacyCount(planned, type);
        Lines.Add(new PropertyLine(
            property,
            Number(legacyCount),
            Number(plannedGuids.Count),
            found is null ? null : Number(found.Count),
            lost is not null ? lost.Code : legacyCount != plannedGuids.Count ? "Narrowed" : null,
            found is not null && !found.SetEquals(plannedGuids)));
    }

    public void AddMessages(MessageSummary legacy, NewRoom? found)
    {
        Lines.Add(new PropertyLine("Messages", Number(legacy.Count), Number(legacy.Count),
            found is null ? null : Number(found.CountUpToLegacy), null, found is not null && found.CountUpToLegacy != legacy.Count));
        Lines.Add(Time("FirstMessage", legacy.FirstTicks, found?.Messages.FirstTicks, found is not null && found.CountUpToLegacy > 0));
        var hasNotGoneOn = found is not null && found.Messages.Count == found.CountUpToLegacy;
        Lines.Add(Time("LastMessage", legacy.LastTicks, hasNotGoneOn ? found!.Messages.LastTicks : legacy.LastTicks, hasNotGoneOn));
    }

    /// <summary>How many the legacy room had: kept and lost ones, without those that only the plan adds.</summary>
    public static int LegacyCount(PlannedRoom room, RoleType type)
    {
        var right = type.ToString();
        return room.Decisions.Count(d => d.Property == right && d.Code is not ("PresenterMadeExplicit" or "PresenterMadeMember"));
    }

    private static PropertyLine Time(string property, long? legacy, long? found, bool isCompared) =>
        new(property, Text(legacy), Text(legacy), Text(found), null, isCompared && legacy != found);

    private static string? Text(long? ticks) => RoomValueNames.Instant(ticks)?.ToString("O", System.Globalization.CultureInfo.InvariantCulture);

    private static string Number(long count) => count.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
