using System.Globalization;
using Microsoft.Extensions.Localization;
using MigrationPortal.Batches.Planning;
using MigrationPortal.Rooms;
using MigrationPortal.Ui;
using MigrationPortal.Ui.Values;

namespace MigrationPortal.Batches.Viewing.Plans;

/// <summary>What a line of the plan says, for people.</summary>
internal static class PlanValues
{
    // As the anchor of a comment takes it.
    private const int LongestSubject = 300;

    /// <summary>A code that has no text yet is shown as it is, never hidden.</summary>
    public static string Reason(IStringLocalizer<PlanReasonTexts> texts, string code) => texts[code] is { ResourceNotFound: false } text ? text.Value : code;

    /// <summary>Code and origin, for who wants to look it up.</summary>
    public static string Source(PlanItem item) => item.Source is null ? item.Code : $"{item.Code} · {item.Source}";

    /// <summary>The room or category that a right stands on.</summary>
    public static string? On(PlanItem item) => item.Kind switch
    {
        PlanItemKinds.Member or PlanItemKinds.Manager or PlanItemKinds.Presenter or PlanItemKinds.Scope or PlanItemKinds.Creator => item.Property,
        _ => null,
    };

    /// <summary>What a comment about the line is about: <c>planLine:Member:12:Name</c>; null where its subject is too long for that, or odd.</summary>
    public static string? About(string kind, long? roomId, string subject) => About("planLine", kind, roomId, subject);

    /// <summary>As above, of a list that is no plan's.</summary>
    public static string? About(string list, string kind, long? roomId, string subject) => subject.Length <= LongestSubject && !subject.Any(char.IsControl)
        ? string.Create(CultureInfo.InvariantCulture, $"{list}:{kind}:{roomId}:{subject}")
        : null;

    /// <summary>The setting of a room or person that a line changes; null where the line is the thing itself.</summary>
    public static string? Setting(PlanItem item) => item.Kind is PlanItemKinds.Room or PlanItemKinds.Principal or PlanItemKinds.Category or PlanItemKinds.AddIn && item.Property != "Name" ? item.Property : null;

    /// <summary>A setting by its name; one that has no text yet as the kind of thing that has it.</summary>
    public static string Named(IStringLocalizer<RoomTexts> settings, IStringLocalizer<PlanTexts> kinds, string kind, string setting) =>
        settings[setting] is { ResourceNotFound: false } named ? named.Value : kinds[$"Kind.{kind}"].Value;

    public static bool Changes(PlanItem item) =>
        item.Action is PlanItemActions.Change or PlanItemActions.Drop || (item.Kind is PlanItemKinds.Room or PlanItemKinds.Category && item.Old != item.New);

    /// <summary>Counts are grouped; names are what they are.</summary>
    public static string? New(PlanItem item) =>
        item.Kind is PlanItemKinds.Messages or PlanItemKinds.Files && long.TryParse(item.New, CultureInfo.InvariantCulture, out var count) ? Numbers.Group(count) : item.New;
}
