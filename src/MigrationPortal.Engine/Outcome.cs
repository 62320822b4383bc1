using System.Globalization;
using System.Text.Json.Serialization;

namespace MigrationPortal.Engine;

/// <summary>Why something was not done: a stable code for programs, and for people a sentence in their language that names the thing and the remedy.</summary>
/// <param name="Code">Stable, kebab-case, e.g. <c>not-a-chat-database</c>.</param>
/// <param name="Wording">Never a stack trace, a secret or message text.</param>
/// <param name="Kind">What sort of refusal it is; the API turns it into a status.</param>
[method: JsonConstructor]
public sealed record Refusal(string Code, Wording Wording, RefusalKind Kind = RefusalKind.Invalid)
{
    /// <param name="key">The code, or <c>code.variant</c> where one code has several sentences: a key of the resources <c>Refusals</c>.</param>
    public Refusal(string key, RefusalKind kind = RefusalKind.Invalid, params ReadOnlySpan<object?> args)
        : this(CodeOf(key), new Wording(key, args), kind)
    {
    }

    /// <summary>What programs are told beside code and sentence; null where that is all.</summary>
    [JsonIgnore]
    public IRefusalDetails? Details { get; init; }

    /// <summary>In the language of whoever reads.</summary>
    [JsonIgnore]
    public string Message => Wording.ToString();

    public string In(CultureInfo culture) => Wording.In(culture);

    private static string CodeOf(string key) => key.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot ? key[..dot] : key;
}

/// <summary>Facts of a refusal that a program acts on.</summary>
public interface IRefusalDetails
{
    /// <summary>By name, as the API gives them.</summary>
    IReadOnlyDictionary<string, object?> Values { get; }
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
