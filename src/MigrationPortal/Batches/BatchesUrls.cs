using Microsoft.AspNetCore.WebUtilities;
using MigrationPortal.Ui;

namespace MigrationPortal.Batches;

internal static class BatchesUrls
{
    extension(Urls)
    {
        public static string Batches(string? pair = null) => Urls.WithPair("/batches", pair);

        public static string Batch(long id, string? tab = null, string? pair = null) =>
            Urls.WithPair(tab is null ? $"/batches/{id}" : $"/batches/{id}?tab={tab}", pair);

        /// <summary>The page of a batch with its comments in view, ready for one about a part of it.</summary>
        /// <param name="about">Kind and key: <c>room:12</c>, <c>finding:P05</c>.</param>
        public static string BatchComments(long id, string? tab, string about, string? pair = null) =>
            Urls.WithPair($"/batches/{id}?tab={tab ?? "review"}&about={Uri.EscapeDataString(about)}", pair) + "#comments";

        /// <summary>As above from a page of the batch: a list that is shown in that tab keeps its part, filters and order.</summary>
        /// <param name="about">Null for the batch itself.</param>
        public static string BatchComments(Uri page, long id, string tab, string? about, string? pair)
        {
            if (QueryHelpers.ParseQuery(page.Query).GetValueOrDefault("tab") != tab)
                return about is null ? Urls.Batch(id, tab, pair) : Urls.BatchComments(id, tab, about, pair);
            var url = Urls.Keeping($"/batches/{id}", page.Query, "about", "thread");
            return about is null ? url : QueryHelpers.AddQueryString(url, "about", about) + "#comments";
        }

        /// <summary>The page of a batch with one thread in view.</summary>
        public static string BatchThread(long id, long thread, string? pair = null) => Urls.WithPair($"/batches/{id}?thread={thread}", pair) + $"#thread-{thread}";

        /// <summary>A tab of a batch, from a line on, or with lines of some kind only.</summary>
        public static string BatchPart(long id, string tab, int skip = 0, string? kind = null, string? pair = null) =>
            Urls.WithPair($"/batches/{id}?tab={tab}{(skip > 0 ? $"&skip={skip}" : "")}{(kind is null ? "" : $"&kind={kind}")}", pair);
    }
}
