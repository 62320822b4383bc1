using MigrationPortal.Ui;

namespace MigrationPortal.Freezes;

internal static class FreezeUrls
{
    extension(Urls)
    {
        public static string Freeze(string? pair = null) => Urls.WithPair("/administration/freeze", pair);
    }
}
