using System.Text.RegularExpressions;
using MigrationPortal.Tests.Shared;

namespace MigrationPortal.Tests.App;

public sealed partial class PageFilesTests
{
    [Fact]
    public async Task Page_Read_LoadsEachSheetAndScriptOfThePortalAsItIsWritten()
    {
        await using var portal = await PortalApp.StartAsync();
        using var client = portal.AnonymousClient();
        var loaded = new List<string>();
        foreach (Match file in Loaded().Matches(await client.GetStringAsync("/signin")))
            loaded.Add(await client.GetStringAsync($"/{file.Groups["url"].Value}"));

        var written = new[] { "css", "js" }.SelectMany(x => Directory.EnumerateFiles(Path.Combine(SourceFolder.WebRoot, x))).ToArray();
        Assert.NotEmpty(written);
        foreach (var file in written)
            Assert.True(loaded.Exists(x => x.Contains(File.ReadAllText(file), StringComparison.Ordinal)), $"No page loads {Path.GetFileName(file)}, or it is not what was written.");
    }

    [Fact]
    public async Task Font_LoadedBeforehand_HasTheAddressThatTheSheetHas()
    {
        await using var portal = await PortalApp.StartAsync();
        using var client = portal.AnonymousClient();

        var font = Beforehand().Match(await client.GetStringAsync("/signin")).Groups["url"].Value;

        Assert.Contains($"url(\"../{font}\")", await File.ReadAllTextAsync(Path.Combine(SourceFolder.WebRoot, "css", "fonts.css")), StringComparison.Ordinal);
    }

    [GeneratedRegex("(?:<link rel=\"stylesheet\" href|<script src)=\"(?<url>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Loaded();

    [GeneratedRegex("<link rel=\"preload\" href=\"(?<url>[^\"]+)\" as=\"font\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Beforehand();
}
