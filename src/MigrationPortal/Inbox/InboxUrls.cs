using MigrationPortal.Ui;

namespace MigrationPortal.Inbox;

internal static class InboxUrls
{
    extension(Urls)
    {
        /// <summary>The same lines as a file.</summary>
        public static string InboxFile(string? pair) => Urls.WithQuery($"{Urls.Api}/inbox/export", ("poolPairId", pair));

        /// <param name="line">The line that is shown beside the list.</param>
        public static string Inbox(string? pair = null, string? line = null) =>
            Urls.WithPair(line is null ? "/inbox" : $"/inbox?line={Uri.EscapeDataString(line)}", pair);
    }
}
