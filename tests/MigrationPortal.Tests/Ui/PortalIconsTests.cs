using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using MigrationPortal.Tests.Shared;
using MigrationPortal.Ui;

namespace MigrationPortal.Tests.Ui;

/// <summary>Icons are drawn once for all pages, which only point at them.</summary>
public sealed partial class PortalIconsTests
{
    [Fact]
    public async Task Drawing_ForAnybody_HasEachIconThatPagesPointAtAndIsKept()
    {
        await using var portal = await PortalApp.StartAsync();
        using var browser = portal.AnonymousClient();
        using var answer = await browser.GetAsync(Address());
        Assert.Equal("image/svg+xml", answer.Content.Headers.ContentType?.ToString());
        Assert.Equal("public, max-age=31536000, immutable", answer.Headers.CacheControl?.ToString());

        var drawn = XDocument.Parse(await answer.Content.ReadAsStringAsync()).Root!.Elements().Select(x => (string)x.Attribute("id")!).ToHashSet(StringComparer.Ordinal);
        var pointers = typeof(PortalIcons).GetFields(BindingFlags.Public | BindingFlags.Static).Where(x => x.IsInitOnly).ToDictionary(x => x.Name, x => (string)x.GetValue(null)!, StringComparer.Ordinal);
        Assert.NotEmpty(pointers);
        Assert.All(pointers, x => Assert.Matches($"^<use href=\"/img/icons[.]svg[?][0-9a-f]{{8}}#{x.Key}\"/>$", x.Value));
        Assert.Equal(pointers.Keys.Order(StringComparer.Ordinal), drawn.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("?0badc0de")]
    public async Task Drawing_AskedForByAPageOfAnotherBuild_IsNotKeptUnderItsVersion(string version)
    {
        await using var portal = await PortalApp.StartAsync();
        using var browser = portal.AnonymousClient();
        browser.DefaultRequestHeaders.Add("Accept-Encoding", "br");
        using var answer = await browser.GetAsync(PortalIcons.Path + version);
        Assert.Equal("no-cache", answer.Headers.CacheControl?.ToString());
        Assert.Equal(["br"], answer.Content.Headers.ContentEncoding);
    }

    // <use href="/img/icons.svg?1a2b3c4d#Search"/>
    private static string Address() => PortalIcons.Search.Split('"', '#')[1];

    [Fact]
    public void Pages_WithIcons_DrawNoneThemselves() =>
        Assert.DoesNotContain(
            Directory.EnumerateFiles(SourceFolder.Portal, "*", SearchOption.AllDirectories),
            x => Path.GetExtension(x) is ".razor" or ".cs" && !x.EndsWith("PortalIcons.cs", StringComparison.Ordinal) && Drawn().IsMatch(File.ReadAllText(x)));

    [GeneratedRegex(@"\bIcons[.](?:Material|Custom)[.]", RegexOptions.None, 1000)]
    private static partial Regex Drawn();
}
