using MigrationPortal.Ui;

namespace MigrationPortal.Inbox;

internal static class InboxUrls
{
    extension(Urls)
    {
        /// <param name="line">The line that is shown beside the list.</param>
        public static string Inbox(string? pair = null, string? line = null) =>
            Urls.WithPair(line is null ? "/inbox" : $"/inbox?line={Uri.EscapeDataString(line)}", pair);
    }
}
