using MigrationPortal.Ui;

namespace MigrationPortal.Batches;

internal static class BatchesUrls
{
    extension(Urls)
    {
        public static string Batches(string? pair = null) => Urls.WithPair("/batches", pair);

        public static string Batch(long id, string? tab = null, string? pair = null) =>
            Urls.WithPair(tab is null ? $"/batches/{id}" : $"/batches/{id}?tab={tab}", pair);

        /// <summary>A tab of a batch, from a line on, or with lines of some kind only.</summary>
        public static string BatchPart(long id, string tab, int skip = 0, string? kind = null, string? pair = null) =>
            Urls.WithPair($"/batches/{id}?tab={tab}{(skip > 0 ? $"&skip={skip}" : "")}{(kind is null ? "" : $"&kind={kind}")}", pair);
    }
}
