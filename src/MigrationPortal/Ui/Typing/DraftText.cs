using System.Text.Json;

namespace MigrationPortal.Ui.Typing;

/// <summary>A form that no single field holds, as the browser keeps it until it is saved (see <see cref="Drafts.WriteAsync"/>).</summary>
internal static class DraftText
{
    public static string Of<T>(T draft) => JsonSerializer.Serialize(draft);

    /// <returns>Null when it is none, or one of an older version of the portal.</returns>
    public static T? Read<T>(string text)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
