using MigrationPortal.Ui;

namespace MigrationPortal.Inbox;

internal static class InboxUrls
{
    extension(Urls)
    {
        /// <summary>The same lines as a file.</summary>
        public static string InboxFile(string? pair) => Urls.WithQuery($"{Urls.Api}/inbox/export", ("poolPairId", pair));

        /// <param name="line">The line that is shown beside the list.</param>
        /// <param name="snoozed">Snoozed lines are listed, too.</param>
        public static string Inbox(string? pair = null, string? line = null, bool snoozed = false) =>
            Urls.WithPair(Urls.WithQuery(line is null ? "/inbox" : $"/inbox?line={Uri.EscapeDataString(line)}", ("snoozed", snoozed ? "1" : null)), pair);
    }
}
