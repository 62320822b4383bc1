using MigrationPortal.EndToEnd.Shared;
using static Microsoft.Playwright.Assertions;

namespace MigrationPortal.EndToEnd;

/// <summary>The API's own page runs in a browser under the policy it is sent with.</summary>
[Collection(PortalCollection.Name)]
public sealed class ApiReferenceTests(RunningPortal portal)
{
    [Fact]
    public async Task Reference_OpenedByAViewer_ShowsTheDocumentWithoutAViolation()
    {
        var page = await portal.SignInAsync("viewer");
        var errors = new List<string>();
        page.Console += (_, message) =>
        {
            if (message.Type == "error") errors.Add(message.Text);
        };

        await page.GotoAsync("/api/reference");

        await Expect(page.GetByText("Download OpenAPI Document").First).ToBeVisibleAsync();
        await page.KeepAsync("api-reference");
        Assert.Empty(errors);
    }
}
