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
/// <param name="Subject">What it is about, as people call it: a room, category or person. Part of the fingerprint.</param>
/// <param name="Message">One sentence with the evidence and the remedy.</param>
/// <param name="Evidence">Old and new value or a list of names; null when the message says it all.</param>
[method: JsonConstructor]
public sealed record Finding(string RuleId, Severity Severity, Guid? Room, string Subject, string Message, string? Evidence = null)
{
    /// <summary>The names in it are isolated.</summary>
    public Finding(string RuleId, Severity Severity, Guid? Room, string Subject, Sentence Message, string? Evidence = null)
        : this(RuleId, Severity, Room, Subject, Sentence.Of(Message), Evidence)
    {
    }

    public string Message { get; init; } = DisplayText.Sentence(Message);
}
