using MigrationPortal.Ui;

namespace MigrationPortal.Runs;

internal static class RunsUrls
{
    extension(Urls)
    {
        public static string Runs(string? pair = null) => Urls.WithPair("/runs", pair);

        public static string Run(long id, string? pair = null) => Urls.WithPair($"/runs/{id}", pair);
    }
}
