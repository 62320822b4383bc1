using Bunit;
using MigrationPortal.Lists;
using MigrationPortal.Tests.Ui;
using MigrationPortal.Ui;
using MudBlazor;

namespace MigrationPortal.Tests.Lists;

public sealed class ExportMenuTests
{
    [Fact]
    public async Task Menu_Opened_LinksToBothFilesWithTheFiltersAndTheLanguage()
    {
        await using var context = PartsContext.Create();
        var popovers = context.Render<MudPopoverProvider>();
        var menu = context.Render<ExportMenu>(p => p.Add(x => x.Url, "/api/v1/batches/export?state=Draft"));
        await menu.InvokeAsync(() => menu.Find("button").ClickAsync());
        popovers.WaitForElement("a[download]");
        var language = Reader.Culture.TwoLetterISOLanguageName;
        Assert.Equal(
            [$"/api/v1/batches/export?state=Draft&format=csv&lang={language}", $"/api/v1/batches/export?state=Draft&format=xlsx&lang={language}"],
            popovers.FindAll("a[download]").Select(x => x.GetAttribute("href")!));
    }
}
