using MigrationPortal.Ui;

namespace MigrationPortal.Rooms;

internal static class RoomsUrls
{
    extension(Urls)
    {
        public static string Rooms(string? pair = null) => Urls.WithPair("/rooms", pair);

        public static string Room(long id, string? pair = null) => Urls.WithPair($"/rooms/{id}", pair);

        public static string Room(string id, string? tab, string? pair) =>
            Urls.WithPair(tab is null ? $"/rooms/{id}" : $"/rooms/{id}?tab={tab}", pair);
    }
}
