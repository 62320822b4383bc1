using MigrationPortal.Engine;

namespace MigrationPortal.Rooms.Scanning;

/// <summary>The words people know for what the databases keep: each generation has its own for the same value (trap 22).</summary>
internal static class RoomValueNames
{
    public static string? LegacyPrivacy(string? visibility) => visibility switch
    {
        "private" => "Private",
        "scope" => "Scoped",
        null => null,
        _ => visibility,
    };

    public static string? NewPrivacy(string? visibility) => visibility switch
    {
        "private" => "Secret",
        "scope" => "Closed",
        "open" => "Open",
        _ => visibility,
    };

    public static string Type(string behavior) => behavior == "auditorium" ? "Auditorium" : "Normal";

    public static string OnOff(bool? value) => value switch { true => "on", false => "off", null => "inherited" };

    public static string YesNo(bool value) => value ? "yes" : "no";

    /// <summary>Ticks are 100 ns since year 1, UTC; out of range values of a broken row are shown as none.</summary>
    public static DateTimeOffset? Instant(long? ticks) =>
        ticks is >= 0 and <= 3155378975999999999 ? new DateTimeOffset(ticks.Value, TimeSpan.Zero) : null;

    public static string Person(ChatPrincipal principal) =>
        principal.DisplayName is { Length: > 0 } display ? display : principal.Name is { Length: > 0 } name ? name : principal.Uri;
}
