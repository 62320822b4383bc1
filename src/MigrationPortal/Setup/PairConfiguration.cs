using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using MigrationPortal.PoolPairs;

namespace MigrationPortal.Setup;

/// <summary>A pair as somebody puts it into the configuration. Its passwords are never in it: a placeholder says where they belong.</summary>
internal static class PairConfiguration
{
    private static readonly JsonSerializerOptions _readable = new()
    {
        WriteIndented = true,
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
        // Shown as text and copied: < and é stay what they are.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Json(SetupDraft draft) => JsonSerializer.Serialize(new { PoolPairs = new[] { Open(draft) } }, _readable);

    /// <param name="index">Place among the pairs of the configuration.</param>
    public static string Variables(SetupDraft draft, int index)
    {
        var text = new StringBuilder();
        foreach (var (key, value) in Values(JsonSerializer.SerializeToElement(Open(draft), _readable), string.Create(System.Globalization.CultureInfo.InvariantCulture, $"PoolPairs__{index}")))
            text.Append(key).Append('=').Append('\'').Append(value.Replace("'", "'\\''", StringComparison.Ordinal)).Append("'\n");
        return text.ToString().TrimEnd('\n');
    }

    private static PoolPairSettings Open(SetupDraft draft) => new()
    {
        Id = draft.Id,
        Name = draft.Name.Trim(),
        Legacy = draft.Legacy.ToSettings().With(ConnectionText.WithoutSecrets(draft.Legacy), null),
        New = draft.New.ToSettings().With(ConnectionText.WithoutSecrets(draft.New), null),
    };

    private static IEnumerable<(string Key, string Value)> Values(JsonElement element, string key) => element.ValueKind == JsonValueKind.Object
        ? element.EnumerateObject().SelectMany(x => Values(x.Value, $"{key}__{x.Name}"))
        : [(key, element.ToString())];
}
