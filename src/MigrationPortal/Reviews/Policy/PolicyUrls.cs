using MigrationPortal.PoolPairs;
using MigrationPortal.Ui;

namespace MigrationPortal.Reviews.Policy;

internal static class PolicyUrls
{
    extension(Urls)
    {
        public static string Policy(string? pair = null) => Urls.AdministrationOf("approvals", pair);
    }
}
