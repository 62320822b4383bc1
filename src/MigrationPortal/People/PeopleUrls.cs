using MigrationPortal.Ui;

namespace MigrationPortal.People;

internal static class PeopleUrls
{
    extension(Urls)
    {
        public static string People(string? pair = null) => Urls.WithPair("/people", pair);

        /// <summary>The same people as a file.</summary>
        public static string PeopleFile(string pair, PeopleAddress shown) => Urls.WithQuery(
            $"{Urls.Api}/pool-pairs/{Uri.EscapeDataString(pair)}/principals/export", ("mark", shown.Mark?.ToString()), ("kind", shown.Kind?.ToString()), ("search", shown.Search), ("sort", shown.SortText));

        /// <param name="tab">Null opens the first.</param>
        public static string Person(Guid guid, string? tab = null, int skip = 0, string? pair = null)
        {
            var parts = new[] { tab is null ? null : $"tab={tab}", skip > 0 ? $"skip={skip}" : null };
            return Urls.WithPair(string.Join('&', parts.OfType<string>()) is { Length: > 0 } query ? $"/people/{guid}?{query}" : $"/people/{guid}", pair);
        }
    }
}
