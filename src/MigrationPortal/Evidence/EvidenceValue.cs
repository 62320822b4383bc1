using System.Globalization;
using System.Text.Json;
using MigrationPortal.Engine;

namespace MigrationPortal.Evidence;

/// <summary>A value of a row: nothing, text, a number, yes or no, or data that is JSON already.</summary>
internal readonly record struct EvidenceValue(string? Text, EvidenceValueKind Kind)
{
    public static EvidenceValue Of(object? value, bool isSentence, bool isJson) => value switch
    {
        null => new(null, EvidenceValueKind.Null),
        string text when isSentence => new(JsonSerializer.Deserialize<Wording>(text, JsonSerializerOptions.Web)!.In(CultureInfo.InvariantCulture), EvidenceValueKind.Text),
        string text => new(text, isJson ? EvidenceValueKind.Json : EvidenceValueKind.Text),
        bool flag => new(flag ? "true" : "false", EvidenceValueKind.Bare),
        int or long => new(((IFormattable)value).ToString(null, CultureInfo.InvariantCulture), EvidenceValueKind.Bare),
        DateTime at => new(at.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture), EvidenceValueKind.Text),
        string[] list => new(JsonSerializer.Serialize(list, JsonSerializerOptions.Web), EvidenceValueKind.Json),
        Guid guid => new(guid.ToString("D"), EvidenceValueKind.Text),
        _ => throw new NotSupportedException($"Evidence has no form for {value.GetType()}."),
    };
}

internal enum EvidenceValueKind
{
    Null,
    Text,
    /// <summary>A number, <c>true</c> or <c>false</c>.</summary>
    Bare,
    Json,
}
