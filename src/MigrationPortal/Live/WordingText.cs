using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using MigrationPortal.Engine;

namespace MigrationPortal.Live;

/// <summary>For the hub's programs, who have no language: sentences are English there, as all JSON that nobody asked for in another one.</summary>
internal sealed class WordingText : JsonConverter<Wording>
{
    public override Wording Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Wording.OfText(reader.GetString() ?? "");

    public override void Write(Utf8JsonWriter writer, Wording value, JsonSerializerOptions options) => writer.WriteStringValue(value.In(CultureInfo.InvariantCulture));
}
