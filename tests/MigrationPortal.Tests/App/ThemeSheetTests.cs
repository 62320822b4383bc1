using System.Text.RegularExpressions;
using MigrationPortal.Tests.Shared;

namespace MigrationPortal.Tests.App;

public sealed partial class ThemeSheetTests
{
    [Fact]
    public async Task Sheet_OfTheSignInPage_HoldsBothThemesAndMayBeKept()
    {
        await using var portal = await PortalApp.StartAsync();
        using var client = portal.AnonymousClient();
        var page = await client.GetStringAsync("/signin");
        var url = Link().Match(page).Groups["url"].Value;

        using var answer = await client.GetAsync($"/{url}");
        var css = await answer.Content.ReadAsStringAsync();

        Assert.Equal("text/css", answer.Content.Headers.ContentType!.MediaType);
        Assert.Contains("immutable", answer.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        Assert.Contains(":root[data-theme=dark]", css, StringComparison.Ordinal);
        Assert.Contains("--mud-palette-primary: rgba(47,87,201,1)", css, StringComparison.Ordinal);
        Assert.Contains("--mud-palette-primary: rgba(138,169,255,1)", css, StringComparison.Ordinal);
        Assert.DoesNotContain("<style", css, StringComparison.Ordinal);
        Assert.DoesNotContain("<style", page, StringComparison.Ordinal);
    }

    [GeneratedRegex("href=\"(?<url>css/theme[.]css[?]v=[0-9a-f]{12})\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Link();
}
