using System.Globalization;
using System.Text.RegularExpressions;
using MigrationPortal.Batches.Planning;
using MigrationPortal.Engine;

namespace MigrationPortal.Comments;

public enum AnchorKind
{
    Batch,
    Room,
    Finding,
    PlanLine,
    Message,
    Undo,
    Run,
    DeltaLine,
}

/// <summary>
/// What a thread is about, by a key that a new plan does not change: <c>batch</c>, <c>room:12</c>, <c>finding:P05</c> or <c>finding:P05:12</c>
/// (of one room), <c>planLine:Member:12:Name</c> (kind, room, subject), <c>planLine:Room:12:</c> (of the room itself), <c>deltaLine:Member:12: · Name</c>,
/// <c>message:12:345</c> (room, chatId), <c>undo:3</c>, <c>run:7</c>.
/// </summary>
public readonly partial record struct Anchor(AnchorKind Kind, string Key)
{
    public const int MaxKey = 400;

    /// <summary>Before the person in the subject of a right that a delta changes.</summary>
    public const string Between = " · ";

    /// <summary>Kinds of a plan's lines about a room itself, whatever it is called.</summary>
    internal static readonly string[] OfRoom = [PlanItemKinds.Room, PlanItemKinds.Messages, PlanItemKinds.Files];

    private static readonly string[] _rights = [PlanItemKinds.Member, PlanItemKinds.Manager, PlanItemKinds.Presenter];

    public static Anchor Batch { get; } = new(AnchorKind.Batch, "");

    /// <summary>The room that it is about, where it is about one.</summary>
    public long? RoomId => Kind switch
    {
        AnchorKind.Room or AnchorKind.Message => Number(0),
        AnchorKind.Finding or AnchorKind.PlanLine or AnchorKind.DeltaLine => Number(1),
        _ => null,
    };

    /// <summary>The first part of its key: the rule of a finding, the kind of a line of the plan.</summary>
    public string Head => Key.Split(':')[0];

    /// <summary>The last part of the key of a line: whom or what it names; empty where it is about a room itself.</summary>
    public string Subject => Key.Split(':', 3) is [_, _, var subject] ? subject : "";

    /// <summary>
    /// The same whatever the room was called when somebody wrote about a line: threads of an earlier portal have its name in their key, and scripts
    /// may go on sending it. Of a plan's line about a room itself the number is enough, of a right in a delta the number and the person.
    /// </summary>
    public Anchor Thing => (Kind, RoomId) switch
    {
        (AnchorKind.PlanLine, { } room) when OfRoom.Contains(Head, StringComparer.Ordinal) => Line(room, ""),
        (AnchorKind.DeltaLine, { } room) => Line(room, _rights.Contains(Head, StringComparer.Ordinal) ? Person : ""),
        _ => this,
    };

    private string Person => Subject.LastIndexOf(Between, StringComparison.Ordinal) is >= 0 and var at ? Subject[at..] : Between + Subject;

    public static Anchor Of(AnchorKind kind, long id) => new(kind, id.ToString(CultureInfo.InvariantCulture));

    /// <param name="text">Null or empty is the batch itself.</param>
    public static Outcome<Anchor> Read(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return Batch;
        return text.Length <= MaxKey && Form().Match(text) is { Success: true } form
            ? new Anchor(Enum.Parse<AnchorKind>(form.Groups["kind"].Value, ignoreCase: true), form.Groups["key"].Value)
            : new Refusal("anchor-invalid", RefusalKind.Invalid, text.Length > MaxKey ? text[..MaxKey] : text);
    }

    public override string ToString() => Kind == AnchorKind.Batch ? "batch" : $"{char.ToLowerInvariant(Kind.ToString()[0])}{Kind.ToString()[1..]}:{Key}";

    private Anchor Line(long room, string subject) => this with { Key = string.Create(CultureInfo.InvariantCulture, $"{Head}:{room}:{subject}") };

    private long? Number(int part) =>
        Key.Split(':', 3) is var parts && parts.Length > part && long.TryParse(parts[part], NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    [GeneratedRegex(
        @"^((?<kind>batch)|(?<kind>room|undo|run):(?<key>\d{1,18})|(?<kind>finding):(?<key>[A-Za-z]\w{0,19}(:\d{1,18})?)|(?<kind>message):(?<key>\d{1,18}:\d{1,18})|(?<kind>planLine|deltaLine):(?<key>\w{1,40}:\d{0,18}:[^\p{Cc}]{0,300}))$",
        RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Form();
}
