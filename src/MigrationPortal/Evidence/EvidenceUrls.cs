using System.Globalization;
using MigrationPortal.Ui;

namespace MigrationPortal.Evidence;

internal static class EvidenceUrls
{
    extension(Urls)
    {
        public static string Evidence(long batchId) => string.Create(CultureInfo.InvariantCulture, $"{Urls.Api}/batches/{batchId}/evidence");
    }
}
