using MigrationPortal.Ui;

namespace MigrationPortal.CutOver;

internal static class CutOverUrls
{
    extension(Urls)
    {
        public static string CutOver(string? pair = null) => Urls.WithPair("/cutover", pair);
    }
}
