using Microsoft.Playwright;

namespace MigrationPortal.EndToEnd.Shared;

/// <summary>Keeps a picture of each page where <c>PORTAL_PICTURES</c> names a folder: to be looked at, never compared.</summary>
internal static class Pictures
{
    private static readonly string? Folder = Environment.GetEnvironmentVariable("PORTAL_PICTURES");

    public static async Task KeepAsync(this IPage page, string name)
    {
        if (Folder is not null)
            await page.ScreenshotAsync(new() { Path = Path.Combine(Folder, $"{name}.png") });
    }
}
