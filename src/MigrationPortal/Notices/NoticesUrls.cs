using MigrationPortal.Ui;

namespace MigrationPortal.Notices;

internal static class NoticesUrls
{
    extension(Urls)
    {
        public static string Notifications(int skip = 0, bool onlyUnread = false) =>
            $"/notifications{(skip > 0 || onlyUnread ? "?" : "")}{(skip > 0 ? $"skip={skip}" : "")}{(skip > 0 && onlyUnread ? "&" : "")}{(onlyUnread ? "unread=true" : "")}";
    }
}
