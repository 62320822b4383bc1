using Bunit;
using MudBlazor;

namespace MigrationPortal.Tests.Shared;

/// <summary>What a person does with a choice: opens it, and takes the option that says so. Its options are drawn by the provider.</summary>
internal static class Choosing
{
    public static async Task ChooseAsync(this IRenderedComponent<MudPopoverProvider> popovers, IRenderedComponent<Microsoft.AspNetCore.Components.IComponent> page, string field, string option)
    {
        await page.InvokeAsync(() => page.Find($".mud-select:has({field}) .mud-input-control").MouseDownAsync(new()));
        popovers.WaitForState(() => popovers.FindAll(".mud-list-item").Any(x => x.TextContent.Trim() == option));
        await popovers.InvokeAsync(() => popovers.FindAll(".mud-list-item").Single(x => x.TextContent.Trim() == option).ClickAsync(new()));
        page.WaitForState(() => page.Find(field).GetAttribute("value") == option);
    }
}
