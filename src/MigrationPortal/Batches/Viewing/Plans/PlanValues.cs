using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Localization;
using MigrationPortal.Batches.Planning;
using MigrationPortal.Rooms;
using MigrationPortal.Ui;
using MigrationPortal.Ui.Values;

namespace MigrationPortal.Batches.Viewing.Plans;

/// <summary>What a line of the plan says, for people.</summary>
internal static partial class PlanValues
{
    // As the anchor of a comment takes it.
    private const int LongestSubject = 300;

    private const string Line = "planLine";

    private const string Principal = "principal ";

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

    /// <summary>
    /// What a comment about the line is about: <c>planLine:Member:12:Name</c>; null where its subject is too long for that, or odd. Names that people
    /// choose are no part of it: a line about a room itself is <c>planLine:Room:12:</c>, one about a category has what it is known by.
    /// </summary>
    /// <param name="categories">By what categories are known, by the names that the plan has for them: <see cref="CategoryKeys"/>.</param>
    public static string? About(string kind, long? roomId, string subject, IReadOnlyDictionary<string, string> categories) => About(Line, kind, roomId, kind switch
    {
        PlanItemKinds.Room or PlanItemKinds.Messages or PlanItemKinds.Files when roomId is not null => "",
        PlanItemKinds.Category when categories.TryGetValue(subject, out var known) && Fits(known) => known,
        _ => subject,
    });

    /// <summary>As above, of a list that is no plan's.</summary>
    public static string? About(string list, string kind, long? roomId, string subject) => Fits(subject)
        ? string.Create(CultureInfo.InvariantCulture, $"{list}:{kind}:{roomId}:{subject}")
        : null;

    private static bool Fits(string subject) => subject.Length <= LongestSubject && !subject.Any(char.IsControl);

    /// <summary>The setting of a room or person that a line changes; null where the line is the thing itself.</summary>
    public static string? Setting(PlanItem item) => Setting(item.Kind, item.Property);

    private static string? Setting(string kind, string? property) =>
        kind is PlanItemKinds.Room or PlanItemKinds.Principal or PlanItemKinds.Category or PlanItemKinds.AddIn && property != "Name" ? property : null;

    /// <summary>What a line says of a value before or after; the property of a right's line is its room's name, and says nothing of it.</summary>
    [return: NotNullIfNotNull(nameof(value))]
    public static string? Value(IStringLocalizer<RoomTexts> settings, string kind, string? property, string? value) => Word(settings, Setting(kind, property), value) ?? value;

    /// <summary>What people call a value that the engine writes of such a setting; null where it is a name, a text or nothing.</summary>
    public static string? Word(IStringLocalizer<RoomTexts> settings, string? property, string? value) => (property, value) switch
    {
        ("Invitations", "as its category") => settings["Value.asCategory"].Value,
        ("Invitations" or "History" or "Uploads" or "Files" or "Disabled" or "Kind", "on" or "off" or "inherited" or "yes" or "no") => settings[$"Value.{value}"].Value,
        ("Enabled", "gone" or "federated" or "disabled") or ("AddedBy" or "UpdatedBy", "system") => settings[$"Value.{value}"].Value,
        ("Privacy", "private") => settings["Value.Secret"].Value,
        ("Privacy", "scope") => settings["Value.Closed"].Value,
        ("Privacy", "open") => settings["Value.Open"].Value,
        ("Type", "normal") => settings["Value.Normal"].Value,
        ("Type", "auditorium") => settings["Value.Auditorium"].Value,
        ("Person", { } rows) when DescribedRow().IsMatch(rows) => DescribedRow().Replace(rows, x => $", {settings["Value.principal", x.Groups["number"].Value]})"),
        ("AddedBy" or "UpdatedBy" or "Person", _) when NumberOf(value) is { } number => settings["Value.principal", number].Value,
        _ => null,
    };

    private static int? NumberOf(string? principal) =>
        principal is not null && principal.StartsWith(Principal, StringComparison.Ordinal) && int.TryParse(principal.AsSpan(Principal.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    /// <summary>A setting by its name; one that has no text yet as the kind of thing that has it.</summary>
    public static string Named(IStringLocalizer<RoomTexts> settings, IStringLocalizer<PlanTexts> kinds, string kind, string setting) =>
        settings[setting] is { ResourceNotFound: false } named ? named.Value : kinds[$"Kind.{kind}"].Value;

    public static bool Changes(PlanItem item) =>
        item.Action is PlanItemActions.Change or PlanItemActions.Drop || (item.Kind is PlanItemKinds.Room or PlanItemKinds.Category && item.Old != item.New);

    /// <summary>Counts are grouped; names are what they are.</summary>
    public static string? New(PlanItem item) =>
        item.Kind is PlanItemKinds.Messages or PlanItemKinds.Files && long.TryParse(item.New, CultureInfo.InvariantCulture, out var count) ? Numbers.Group(count) : item.New;

    // "Kim Lee (sip:kim@contoso.com, principal 12); Kim Li (sip:li@contoso.com, principal 40)": rows that are one person.
    [GeneratedRegex(@", principal (?<number>\d{1,10})\)(?=; |$)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex DescribedRow();
}
