using MigrationPortal.Ui;

namespace MigrationPortal.Windows;

internal static class WindowUrls
{
    extension(Urls)
    {
        public static string Windows(string? pair = null) => Urls.WithPair("/administration/windows", pair);
    }
}
