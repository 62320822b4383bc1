using MigrationPortal.Ui;

namespace MigrationPortal.PoolPairs;

internal static class PoolPairsUrls
{
    extension(Urls)
    {
        /// <param name="tab">Key of a <see cref="Viewing.PairTab"/>.</param>
        public static string AdministrationOf(string tab, string? pair) => Urls.WithPair($"/administration?tab={tab}", pair);
    }
}
