using System.Globalization;
using System.Text.RegularExpressions;
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
/// (of one room), <c>planLine:Member:12:Name</c> (kind, room, subject), <c>deltaLine:Member:12:Name</c>, <c>message:12:345</c> (room, chatId), <c>undo:3</c>, <c>run:7</c>.
/// </summary>
public readonly partial record struct Anchor(AnchorKind Kind, string Key)
{
    public const int MaxKey = 400;

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

    private long? Number(int part) =>
        Key.Split(':', 3) is var parts && parts.Length > part && long.TryParse(parts[part], NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    [GeneratedRegex(
        @"^((?<kind>batch)|(?<kind>room|undo|run):(?<key>\d{1,18})|(?<kind>finding):(?<key>[A-Za-z]\w{0,19}(:\d{1,18})?)|(?<kind>message):(?<key>\d{1,18}:\d{1,18})|(?<kind>planLine|deltaLine):(?<key>\w{1,40}:\d{0,18}:[^\p{Cc}]{0,300}))$",
        RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Form();
}
