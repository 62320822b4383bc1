using System.Globalization;
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

        /// <summary>The messages of a month or a day of a room.</summary>
        public static string RoomMessages(string id, DateOnly month, DateOnly? day, string? pair) => Urls.WithPair(
            day is { } one ? $"/rooms/{id}?tab=messages&day={one:yyyy-MM-dd}" : $"/rooms/{id}?tab=messages&month={month:yyyy-MM}", pair);

        /// <summary>Both transcripts of a room from one message on; they open with a reason.</summary>
        public static string RoomMessage(string id, long chatId, string? pair) => string.Create(CultureInfo.InvariantCulture, $"{Room(id, "messages", pair)}&message={chatId}");
    }
}
