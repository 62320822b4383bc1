namespace MigrationPortal.Setup;

/// <summary>With no pool pair there is nothing to show: every page leads to the wizard but those that need none.</summary>
internal static class FirstRun
{
    private static readonly string[] _stays = ["/setup", "/administration", "/audit", "/me", "/denied", "/failed", "/signin"];

    public static bool LeadsAway(string path) => !_stays.Any(x => path == x || path.StartsWith(x + "/", StringComparison.Ordinal));
}
