using System.Globalization;

namespace MigrationPortal.Engine.Preflight;

internal static class Counted
{
    public static string Rooms(int count) => Of(count, "room");

    public static string Of(int count, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? "" : "s")}");
}
