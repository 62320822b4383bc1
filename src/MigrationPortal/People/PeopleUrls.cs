using MigrationPortal.Ui;

namespace MigrationPortal.People;

internal static class PeopleUrls
{
    extension(Urls)
    {
        public static string People(string? pair = null) => Urls.WithPair("/people", pair);

        /// <param name="mark">Of those people only; null shows everybody.</param>
        public static string PeopleBy(string? mark, string? search, int skip = 0, string? pair = null)
        {
            var parts = new[] { mark is null ? null : $"mark={mark}", string.IsNullOrEmpty(search) ? null : $"search={Uri.EscapeDataString(search)}", skip > 0 ? $"skip={skip}" : null };
            return Urls.WithPair(string.Join('&', parts.OfType<string>()) is { Length: > 0 } query ? $"/people?{query}" : "/people", pair);
        }

        /// <summary>The same people as a file.</summary>
        public static string PeopleFile(string pair, string? mark, string? search) => Urls.WithQuery(
            $"{Urls.Api}/pool-pairs/{Uri.EscapeDataString(pair)}/principals/export", ("mark", mark), ("search", search));

        public static string Person(Guid guid, int skip = 0, string? pair = null) => Urls.WithPair(skip > 0 ? $"/people/{guid}?skip={skip}" : $"/people/{guid}", pair);
    }
}
