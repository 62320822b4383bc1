using MigrationPortal.Ui;

namespace MigrationPortal.Notices;

internal static class NoticesUrls
{
    extension(Urls)
    {
        public static string NotificationSettings() => "/me/notifications";

        public static string Webhooks() => "/administration/webhooks";

        public static string MailSettings(int skip = 0) => skip > 0 ? $"/administration/mail?skip={skip}" : "/administration/mail";

        public static string Notifications(int skip = 0, bool onlyUnread = false) =>
            $"/notifications{(skip > 0 || onlyUnread ? "?" : "")}{(skip > 0 ? $"skip={skip}" : "")}{(skip > 0 && onlyUnread ? "&" : "")}{(onlyUnread ? "unread=true" : "")}";
    }
}
