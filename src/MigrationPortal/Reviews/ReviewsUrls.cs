using MigrationPortal.Ui;

namespace MigrationPortal.Reviews;

internal static class ReviewsUrls
{
    extension(Urls)
    {
        public static string ReviewsFrom(int skip, string? pair = null) => Urls.WithPair(skip > 0 ? $"/reviews?skip={skip}" : "/reviews", pair);

        public static string Reviews(string? pair = null) => Urls.WithPair("/reviews", pair);
    }
}
