using MigrationPortal.Ui;

namespace MigrationPortal.Audit;

internal static class AuditUrls
{
    extension(Urls)
    {
        public static string AuditExport => $"{Urls.Api}/audit/export";

        public static string Audit(string? pair = null) => Urls.WithPair("/audit", pair);
    }
}
