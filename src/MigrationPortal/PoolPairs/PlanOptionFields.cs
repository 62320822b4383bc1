using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Planning;

namespace MigrationPortal.PoolPairs;

/// <summary>One setting as a form shows it: texts in, texts out. A new property of <see cref="PlanOptions"/> appears by itself.</summary>
/// <param name="Choices">The words to choose from; empty for free text.</param>
internal sealed record PlanOptionField(string Name, string Value, string Default, IReadOnlyList<string> Choices)
{
    public bool IsDefault => Value == Default;
}

internal static class PlanOptionFields
{
    private const int MaxSeparator = 16;
    private const int MaxName = 256;

    private static readonly PlanOptions _defaults = new();

    private static readonly PropertyInfo[] _properties = [.. typeof(PlanOptions).GetProperties().Where(x => x.CanWrite)];

    public static IReadOnlyList<PlanOptionField> Of(PlanOptions options) =>
        [.. _properties.Select(x => new PlanOptionField(x.Name, Text(x.GetValue(options)), Text(x.GetValue(_defaults)), Choices(x.PropertyType)))];

    /// <summary>The options with the texts of a form in them; a text that fits no value is refused with the setting's name.</summary>
    public static Outcome<PlanOptions> Read(IReadOnlyDictionary<string, string> texts)
    {
        var json = new JsonObject();
        foreach (var property in _properties)
        {
            var text = texts.GetValueOrDefault(property.Name) ?? Text(property.GetValue(_defaults));
            if (!TryNode(property.PropertyType, text, out var node))
                return new Refusal("invalid-option", RefusalKind.Invalid, new Wording($"Title.{property.Name}"), text);
            json[JsonNamingPolicy.CamelCase.ConvertName(property.Name)] = node;
        }

        var options = json.Deserialize<PlanOptions>(JsonSerializerOptions.Web)!;
        return Check(options) is { } refusal ? refusal : options;
    }

    /// <summary>The same options with one more value of their own.</summary>
    /// <param name="name">Property of <see cref="PlanOptions"/>.</param>
    public static Outcome<PlanOptions> With(PlanOptions options, string name, string value)
    {
        var texts = Of(options).ToDictionary(x => x.Name, x => x.Value);
        texts[name] = value;
        return Read(texts);
    }

    public static Refusal? Check(PlanOptions options)
    {
        if (options.PrefixSeparator is not { Length: > 0 and <= MaxSeparator } separator || separator.Any(char.IsControl) || DisplayText.Misleads(separator))
            return new("invalid-option.separator", RefusalKind.Invalid, MaxSeparator);
        return options.RootCategory is not { Length: <= MaxName } root || !DisplayText.HasVisible(root) || root.Any(char.IsControl) || DisplayText.Misleads(root)
            ? new("invalid-option.root-category", RefusalKind.Invalid, MaxName)
            : null;
    }

    private static string[] Choices(Type type)
    {
        var kind = Nullable.GetUnderlyingType(type) ?? type;
        return kind.IsEnum ? Enum.GetNames(kind) : kind == typeof(bool) ? ["No", "Yes"] : [];
    }

    private static string Text(object? value) => value switch
    {
        bool yes => yes ? "Yes" : "No",
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTimeOffset at => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture),
        DateTime at => at.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    private static bool TryNode(Type type, string text, out JsonNode? node)
    {
        var kind = Nullable.GetUnderlyingType(type) ?? type;
        node = null;
        if (kind != type && text.Length == 0)
            return true;
        node = kind switch
        {
            _ when kind == typeof(string) => text,
            _ when kind == typeof(bool) && text is "Yes" or "No" => text == "Yes",
            _ when kind.IsEnum && Enum.GetNames(kind).Contains(text, StringComparer.Ordinal) => text,
            _ when kind == typeof(DateTimeOffset) || kind == typeof(DateTime) => DateTime.TryParse(
                text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at) ? JsonValue.Create(at) : null,
            _ when kind == typeof(DateOnly) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? JsonValue.Create(day) : null,
            _ when long.TryParse(text, CultureInfo.InvariantCulture, out var number) => number,
            _ => null,
        };
        return node is not null;
    }
}
