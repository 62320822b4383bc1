using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using MigrationPortal.Engine;

namespace MigrationPortal.Data;

/// <summary>
/// A sentence of the portal in a place that holds text: <c>{"key":"SignIn.AccountLocked"}</c>. Rows of earlier versions hold the English
/// sentence itself, which is shown as it is. Nothing that a person typed may stand in such a place.
/// </summary>
internal static class WordedText
{
    public static string Store(Wording wording) => JsonSerializer.Serialize(wording, JsonSerializerOptions.Web);

    /// <summary>Keeps a sentence in a column of text.</summary>
    public static void HasWordedText(this PropertyBuilder<Wording?> property) => property.HasConversion(x => Store(x!), x => Read(x)).HasColumnType("text");

    public static Wording Read(string stored)
    {
        if (!stored.StartsWith('{') && !stored.StartsWith('"'))
            return Wording.OfText(stored);
        try
        {
            return JsonSerializer.Deserialize<Wording>(stored, JsonSerializerOptions.Web)!;
        }
        catch (Exception failure) when (failure is JsonException or KeyNotFoundException or ArgumentException)
        {
            return Wording.OfText(stored);
        }
    }
}
