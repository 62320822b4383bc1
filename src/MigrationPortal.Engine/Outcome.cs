using System.Text.Json.Serialization;

namespace MigrationPortal.Engine;

/// <summary>Why something was not done: a stable code for programs, one sentence for people that names the thing and the remedy.</summary>
/// <param name="Code">Stable, kebab-case, e.g. <c>not-a-chat-database</c>.</param>
/// <param name="Message">One sentence; never a stack trace, a secret or message text.</param>
/// <param name="Kind">What sort of refusal it is; the API turns it into a status.</param>
[method: JsonConstructor]
public sealed record Refusal(string Code, string Message, RefusalKind Kind = RefusalKind.Invalid)
{
    /// <summary>The names in it are isolated.</summary>
    public Refusal(string Code, Sentence Message, RefusalKind Kind = RefusalKind.Invalid)
        : this(Code, Sentence.Of(Message), Kind)
    {
    }

    public string Message { get; init; } = DisplayText.Sentence(Message);
}

public enum RefusalKind
{
    Invalid,
    NotAllowed,
    NotFound,
    Conflict,
    Stale,
    Unavailable,
}

/// <summary>Either a value or a refusal. Exceptions stay what they are for: bugs and broken infrastructure.</summary>
public readonly record struct Outcome<T>
{
    private Outcome(T? value, Refusal? refusal) => (Value, Refusal) = (value, refusal);

    public T? Value { get; }

    public Refusal? Refusal { get; }

    [System.Diagnostics.CodeAnalysis.MemberNotNullWhen(true, nameof(Value))]
    [System.Diagnostics.CodeAnalysis.MemberNotNullWhen(false, nameof(Refusal))]
    public bool IsDone => Refusal is null;

    public static implicit operator Outcome<T>(T value) => new(value, null);

    public static implicit operator Outcome<T>(Refusal refusal) => new(default, refusal);
}
