using System.Globalization;
using Microsoft.Extensions.Localization;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Ui;

namespace MigrationPortal.Audit;

/// <summary>An entry's codes in the reader's language. What has no text yet is spelled out rather than hidden.</summary>
internal sealed class AuditWords(IStringLocalizer<AuditTexts> texts, IEnumerable<IAuditValues> features)
{
    private const int ShortHash = 8;

    // As features write it into a subject in place of a pool pair's id.
    private const string AllPairs = "*";

    /// <summary>Sentences of the portal (<see cref="WordedText"/>); what a person typed has other names.</summary>
    internal static readonly IReadOnlySet<string> WordedDetails = new HashSet<string>(StringComparer.Ordinal) { "cause", "detail" };

    private static readonly HashSet<string> CodeDetails = new(StringComparer.Ordinal)
        { "method", "how", "kind", "side", "confirmations", "roles", "alsoOpen", "pauseRuns", "signed", "verdict", "legacyConnectionChanged", "newConnectionChanged" };

    // What was called before and after, which may be a word of ours all the same.
    private static readonly HashSet<string> NamingActions = new(StringComparer.Ordinal) { "BatchRenamed", "BatchRoomRenamed", "BatchCategoryRenamed", "MembershipsChanged" };

    private static readonly HashSet<string> TimeDetails = new(StringComparer.Ordinal) { "given", "from", "to", "until", "expires" };

    public string Event(string action) => texts[$"Action.{action}"] is { ResourceNotFound: false } text ? text.Value : Spell(action);

    /// <param name="subject">Kind and id: <c>batch:12</c>.</param>
    public string Subject(string subject)
    {
        var (kind, id) = subject.Split(':', 2) is [var head, var rest] ? (head, rest) : (subject, "");
        return texts[$"Subject.{kind}{(id == AllPairs ? ".all" : "")}", id] is { ResourceNotFound: false } text ? text.Value : subject;
    }

    /// <summary>All that was recorded besides before and after.</summary>
    public IEnumerable<(string Name, string Value)> Details(AuditEntry entry, bool isWhole)
    {
        var feature = Of(entry);
        return
            from detail in entry.Details
            where !string.IsNullOrEmpty(detail.Value) && detail.Key is not ("before" or "after")
            // What, and then why.
            orderby detail.Key == "reason"
            select (feature?.Name(detail.Key) ?? Name(detail.Key), feature?.Value(detail.Key, detail.Value!) ?? Value(detail.Key, detail.Value!, isWhole));
    }

    /// <summary>Before or after; null where it was not recorded.</summary>
    public string? Side(AuditEntry entry, string side) => entry.Details.GetValueOrDefault(side) is { Length: > 0 } value
        ? DisplayText.Visible(Of(entry)?.Value(side, value) ?? (NamingActions.Contains(entry.Action) ? null : Word(value)) ?? value)
        : null;

    private IAuditValues? Of(AuditEntry entry) => features.FirstOrDefault(x => x.IsOf(entry.Action));

    private string Name(string detail) => texts[$"Detail.{(detail == "cause" ? "reason" : detail)}"] is { ResourceNotFound: false } name ? name.Value : Spell(detail);

    private string Value(string name, string value, bool isWhole) =>
        WordedDetails.Contains(name) ? WordedText.Read(value).ToString()
        : CodeDetails.Contains(name) ? string.Join(", ", value.Split(", ").Select(code => Word(code) ?? code))
        // The filter of an export, as its address has it.
        : name == "action" ? string.Join(", ", value.Split(',', StringSplitOptions.TrimEntries).Select(Event))
        // A number among them is a message's.
        : TimeDetails.Contains(name) && value.Contains(':', StringComparison.Ordinal) && DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? string.Create(CultureInfo.InvariantCulture, $"{time.UtcDateTime:yyyy-MM-dd HH:mm} UTC")
        : isWhole ? value : Short(value);

    private string? Word(string code) => texts[$"Value.{code}"] is { ResourceNotFound: false } word ? word.Value : null;

    // Of a SHA-256 the first eight digits tell it from every other one nearby; the title has them all.
    private static string Short(string value) => value.Length == 64 && value.All(char.IsAsciiHexDigitLower) ? value[..ShortHash] : value;

    // "BatchRunStarted" reads "Batch run started".
    private static string Spell(string code) =>
        string.Concat(code.Select((letter, i) => i == 0 ? char.ToUpperInvariant(letter).ToString() : char.IsUpper(letter) ? $" {char.ToLowerInvariant(letter)}" : letter.ToString()));
}
