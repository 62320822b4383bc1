using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MigrationPortal.Presence;

internal enum PresenceKind
{
    /// <summary>What changed since the node told last.</summary>
    Changes,

    /// <summary>A part of all that the node has; the parts of one snapshot follow each other.</summary>
    Snapshot,

    /// <summary>The node has just begun to listen.</summary>
    Ask,

    /// <summary>The node stops.</summary>
    Bye,
}

/// <summary>What a node tells the others, as one payload of NOTIFY, which is shorter than 8 000 bytes.</summary>
internal sealed record PresenceMessage(string Node, PresenceKind Kind, IReadOnlyList<PresenceChange> Changes, bool IsFirst = true, bool IsLast = true)
{
    public const int MostBytes = 7_900;

    // What stands around the entries; a node's name is below 120 bytes.
    private const int HeadBytes = 300;

    private static readonly JsonSerializerOptions Compact = new()
    {
        // Nothing of it reaches a page as markup, and escapes would triple a name.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    };

    /// <returns>In the order in which they are to be sent; never none.</returns>
    public static IReadOnlyList<string> Write(string node, PresenceKind kind, IReadOnlyList<PresenceChange> changes)
    {
        List<List<Line>> parts = [[]];
        var bytes = 0;
        foreach (var line in changes.Select(Line.Of))
        {
            var length = JsonSerializer.SerializeToUtf8Bytes(line, Compact).Length + 1;
            if (bytes + length > MostBytes - HeadBytes)
            {
                parts.Add([]);
                bytes = 0;
            }

            parts[^1].Add(line);
            bytes += length;
        }

        return [.. parts.Select((lines, i) => JsonSerializer.Serialize(new Part(node, kind, i == 0, i == parts.Count - 1, lines), Compact))];
    }

    /// <returns>Null for what another version of the portal may say.</returns>
    public static PresenceMessage? Read(string payload)
    {
        try
        {
            return JsonSerializer.Deserialize<Part>(payload, Compact) is { Node: { } node } part
                ? new(node, part.Kind, [.. (part.Lines ?? []).Select(x => x.ToChange())], part.IsFirst, part.IsLast)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // {"n":"web1-812-0f3c…","k":1,"f":true,"l":true,"e":[{"i":17,"p":"anna","n":"Anna","s":"batch:12","e":1,"t":1764215412000}]}
    private sealed record Part(
        [property: JsonPropertyName("n")] string? Node,
        [property: JsonPropertyName("k")] PresenceKind Kind,
        [property: JsonPropertyName("f")] bool IsFirst,
        [property: JsonPropertyName("l")] bool IsLast,
        [property: JsonPropertyName("e")] IReadOnlyList<Line>? Lines);

    private sealed record Line(
        [property: JsonPropertyName("i")] long Id,
        [property: JsonPropertyName("p")] string? Person = null,
        [property: JsonPropertyName("n")] string? Name = null,
        [property: JsonPropertyName("s")] string? Subject = null,
        [property: JsonPropertyName("e")] PresenceField? Editing = null,
        [property: JsonPropertyName("t")] long Since = 0,
        [property: JsonPropertyName("h")] bool IsHidden = false)
    {
        private const int MostCharacters = 128;

        public static Line Of(PresenceChange change) => change.Entry is { } entry
            ? new(change.Id, Cut(entry.Person), entry.Name == entry.Person ? null : Cut(entry.Name), entry.Subject, entry.Editing, entry.Since.ToUnixTimeMilliseconds(), entry.IsHidden)
            : new(change.Id);

        public PresenceChange ToChange() => new(Id, Person is null || Subject is null
            ? null
            : new(Person, Name ?? Person, Subject, Editing, DateTimeOffset.FromUnixTimeMilliseconds(Math.Clamp(Since, 0, 253_402_300_799_999)), IsHidden));

        private static string Cut(string text) => text.Length <= MostCharacters ? text : text[..MostCharacters];
    }
}
