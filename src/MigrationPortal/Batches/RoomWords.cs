namespace MigrationPortal.Batches;

internal static class RoomWords
{
    public static string Count(int rooms) => rooms == 1 ? "1 room" : $"{rooms} rooms";
}
