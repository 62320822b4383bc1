using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MigrationPortal.Engine;

/// <summary>
/// <c>{"key": "P05", "args": [12, "Sales", ["a", "b"], {"key": "Role.Planner"}, {"time": "2026-11-30T08:00:00+00:00"}, {"day": "2026-11-30"}]}</c>;
/// a text that is the same in every language is a JSON string, as are sentences that were stored before there were keys.
/// </summary>
internal sealed class WordingJson : JsonConverter<Wording>
{
    public override Wording Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        return document.RootElement.ValueKind == JsonValueKind.String ? Wording.OfText(document.RootElement.GetString()!) : Of(document.RootElement);
    }

    public override void Write(Utf8JsonWriter writer, Wording value, JsonSerializerOptions options)
    {
        if (value.Key.Length == 0)
        {
            writer.WriteStringValue((string)value.Args[0]);
            return;
        }

        writer.WriteStartObject();
        writer.WriteString("key", value.Key);
        if (value.Args.Count > 0)
        {
            writer.WritePropertyName("args");
            WriteList(writer, value.Args, options);
        }

        writer.WriteEndObject();
    }

    private void WriteList(Utf8JsonWriter writer, IReadOnlyList<object> list, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (var arg in list)
            WriteArg(writer, arg, options);
        writer.WriteEndArray();
    }

    private void WriteArg(Utf8JsonWriter writer, object arg, JsonSerializerOptions options)
    {
        switch (arg)
        {
            case string text:
                writer.WriteStringValue(text);
                break;
            case long number:
                writer.WriteNumberValue(number);
                break;
            case DateTimeOffset time:
                WriteOne(writer, "time", time.ToString("o", CultureInfo.InvariantCulture));
                break;
            case DateOnly day:
                WriteOne(writer, "day", day.ToString("o", CultureInfo.InvariantCulture));
                break;
            case Wording inner:
                Write(writer, inner, options);
                break;
            default:
                WriteList(writer, (IReadOnlyList<object>)arg, options);
                break;
        }
    }

    private static void WriteOne(Utf8JsonWriter writer, string name, string value)
    {
        writer.WriteStartObject();
        writer.WriteString(name, value);
        writer.WriteEndObject();
    }

    private static Wording Of(JsonElement wording) =>
        new(wording.GetProperty("key").GetString()!, wording.TryGetProperty("args", out var args) ? [.. args.EnumerateArray().Select(Arg)] : []);

    private static object Arg(JsonElement arg) => arg.ValueKind switch
    {
        JsonValueKind.String => arg.GetString()!,
        JsonValueKind.Number => arg.GetInt64(),
        JsonValueKind.Array => arg.EnumerateArray().Select(Arg).ToArray(),
        _ when arg.TryGetProperty("time", out var time) => time.GetDateTimeOffset(),
        _ when arg.TryGetProperty("day", out var day) => DateOnly.Parse(day.GetString()!, CultureInfo.InvariantCulture),
        _ => Of(arg),
    };
}
