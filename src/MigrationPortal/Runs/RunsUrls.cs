using MigrationPortal.Ui;

namespace MigrationPortal.Runs;

internal static class RunsUrls
{
    extension(Urls)
    {
        public static string Runs(string? pair = null) => Urls.WithPair("/runs", pair);

        /// <summary>The runs of a pool pair as a file.</summary>
        public static string RunsFile(string? pair) => Urls.WithQuery($"{Urls.Api}/runs/export", ("poolPairId", pair));

        /// <summary>The rooms of a run as a file.</summary>
        public static string RunFile(long id) => $"{Urls.Api}/runs/{id}/transfers/export";

        public static string Run(long id, string? pair = null) => Urls.WithPair($"/runs/{id}", pair);

        /// <summary>From the page of a run: its comments in view, while the list of its rooms keeps its filters, order and columns.</summary>
        public static string RunComments(Uri page, long id, string? pair) => Urls.Keeping(Urls.Run(id, pair), page.Query, "pair") + "#comments";
    }
}
