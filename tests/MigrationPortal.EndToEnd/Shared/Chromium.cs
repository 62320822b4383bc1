namespace MigrationPortal.EndToEnd.Shared;

/// <summary>Where the browser is.</summary>
internal static class Chromium
{
    private const string Shell = "/usr/bin/chromium-headless-shell";

    /// <summary>With its window's parts, for what a person's own browser does: tickets of Windows.</summary>
    public static string Whole => Environment.GetEnvironmentVariable("CHROMIUM") ?? "/usr/bin/chromium";

    /// <summary>The same engine without a window, where it is installed: a page costs less than half of the processor time.</summary>
    public static string WithoutWindow => Environment.GetEnvironmentVariable("CHROMIUM") ?? (File.Exists(Shell) ? Shell : Whole);
}
