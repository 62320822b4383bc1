using Microsoft.Playwright;
using MigrationPortal.EndToEnd.Shared;
using Npgsql;
using static Microsoft.Playwright.Assertions;

namespace MigrationPortal.EndToEnd;

/// <summary>The portal's own database goes away while somebody works on a batch: nothing of the page is lost, and it goes on by itself.</summary>
[Collection(PortalCollection.Name)]
public sealed class OutageTests
{
    [Fact]
    public async Task Batch_WorkedOnWhileTheDatabaseIsAway_SaysSoAndGoesOnByItself()
    {
        var portal = new RunningPortal();
        await portal.InitializeAsync();
        try
        {
            using var api = portal.Api("planner");
            await using var batch = await portal.MovableBatchAsync(api, "While the database is away");
            var page = await portal.SignInAsync("planner");
            await page.GotoAsync($"/batches/{batch.Id}");
            await Expect(page.GetByText("What will be written to")).ToBeVisibleAsync();
            await Expect(page.Locator("#comment[data-live]")).ToBeVisibleAsync();
            await page.Locator("#comment[data-live]").FillAsync("Typed before");

            await SetOpenAsync(portal, isOpen: false);
            await page.Locator("#comments .send").ClickAsync();
            await Expect(page.GetByText("This may not have been saved")).ToBeVisibleAsync();
            await Expect(page.GetByText("database does not answer")).ToBeVisibleAsync();
            foreach (var tab in new[] { "plan", "options", "history" })
            {
                await page.Locator($".tabs a[href*='tab={tab}']").ClickAsync();
                await Expect(page.Locator($".tabs a[href*='tab={tab}']")).ToHaveAttributeAsync("aria-current", "page");
            }

            await Expect(page.GetByText("Something went wrong")).ToBeHiddenAsync();
            await SetOpenAsync(portal, isOpen: true);

            await Expect(page.GetByText("created the batch").First).ToBeVisibleAsync();
            await Expect(page.GetByText("database does not answer")).ToBeHiddenAsync();
            await page.Locator(".tabs a[href*='tab=review'], .tabs a").First.ClickAsync();
            await Expect(page.Locator("#comment[data-live]")).ToHaveValueAsync("Typed before");
            await page.Locator("#comments .send").ClickAsync();
            await Expect(page.GetByRole(AriaRole.Log)).ToContainTextAsync("Typed before");
        }
        finally
        {
            await portal.DisposeAsync();
        }
    }

    private static async Task SetOpenAsync(RunningPortal portal, bool isOpen)
    {
        await using var connection = new NpgsqlConnection($"Host={portal.Socket};Username=portal;Database=postgres;Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(
            $"alter database migrationportal allow_connections {isOpen}; select pg_terminate_backend(pid) from pg_stat_activity where datname = 'migrationportal' and not {isOpen}", connection);
        await command.ExecuteNonQueryAsync();
    }
}
