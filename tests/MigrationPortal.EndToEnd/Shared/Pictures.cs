using System.Globalization;
using Microsoft.Playwright;

namespace MigrationPortal.EndToEnd.Shared;

/// <summary>Keeps a picture of each page where <c>PORTAL_PICTURES</c> names a folder: to be looked at, never compared.</summary>
internal static class Pictures
{
    private static readonly string? Folder = Environment.GetEnvironmentVariable("PORTAL_PICTURES");

    private static int _count;

    public static async Task KeepAsync(this IPage page, string name)
    {
        if (Folder is not null)
            await page.ScreenshotAsync(new() { Path = Path.Combine(Folder, $"{name}.png") });
    }

    /// <summary>By its address and a number of its own: a dialog has none.</summary>
    public static Task KeepAsync(this IPage page, ColorScheme theme)
    {
        var address = new Uri(page.Url).PathAndQuery.Trim('/').Replace('/', '-').Replace('?', '-').Replace('&', '-');
        return page.KeepAsync(string.Create(CultureInfo.InvariantCulture, $"axe-{Interlocked.Increment(ref _count):000}-{(address.Length > 60 ? address[..60] : address)}-{theme}"));
    }
}
