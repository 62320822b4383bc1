using System.Globalization;
using System.Text.Json.Serialization;

namespace MigrationPortal.Engine;

[JsonConverter(typeof(JsonStringEnumConverter<Severity>))]
public enum Severity
{
    Info,
    Warning,
    Blocker,
}

/// <summary>What a check says.</summary>
/// <param name="RuleId">P01 … P25, or the word of a rule that has no number with Microsoft.</param>
/// <param name="Room">Guid of the legacy room it is about; null when it is about the pool or the batch.</param>
/// <param name="Subject">
/// The room, category or person it is about, by name; else a code such as <c>backup</c>, which <see cref="FindingSubject"/> words. Part of the fingerprint.
/// </param>
/// <param name="Wording">The evidence and the remedy. Not last, so that it is never taken for an argument of the other constructor.</param>
/// <param name="Evidence">Old and new value or a list of names; null when the message says it all.</param>
[method: JsonConstructor]
public sealed record Finding(string RuleId, Severity Severity, Wording Wording, Guid? Room, string Subject, Wording? Evidence = null)
{
    /// <param name="key">The rule's id, or <c>rule.variant</c> where a rule has several sentences: a key of the resources <c>Findings</c>.</param>
    public Finding(string key, Severity severity, Guid? room, string subject, params ReadOnlySpan<object?> args)
        : this(RuleOf(key), severity, new Wording(key, args), room, subject)
    {
    }

    /// <summary>In the language of whoever reads.</summary>
    [JsonIgnore]
    public string Message => Wording.ToString();

    public string In(CultureInfo culture) => Wording.In(culture);

    private static string RuleOf(string key) => key.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot ? key[..dot] : key;
}
