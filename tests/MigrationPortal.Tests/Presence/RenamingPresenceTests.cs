using Bunit;
using MigrationPortal.Batches.Viewing;
using MigrationPortal.Presence;
using MigrationPortal.Tests.Shared;
using static MigrationPortal.Tests.Batches.BatchWorld;

namespace MigrationPortal.Tests.Presence;

public sealed class RenamingPresenceTests
{
    [Theory]
    [InlineData("rooms", "tr[data-row] button[aria-label^=Rename]", true)]
    [InlineData("rooms", "tr[data-row] button[aria-label^=Rename]", false)]
    [InlineData("options", "tr[data-row] button[title^=Rename]", true)]
    [InlineData("options", "tr[data-row] button[title^=Rename]", false)]
    public async Task Rename_OfARoomOrACategory_ShowsThePersonAsEditingUntilTheDialogCloses(string tab, string button, bool isConfirmed)
    {
        await using var world = await StartAsync();
        var id = await world.SubmittedAsync("Wave 1", "Desk");
        await using var context = new PageContext(world.Services, Petra);
        var dialogs = context.RenderDialogs();
        var page = context.At($"/batches/{id}?pair={Pair}&tab={tab}").Render<BatchPage>(x => x.Add(p => p.Id, id));
        page.WaitForElement(button);
        Assert.DoesNotContain(world.Get<PresenceStore>().List($"batch:{id}"), x => x.Editing.Count > 0);

        var asked = page.InvokeAsync(() => page.Find(button).ClickAsync(new()));
        dialogs.WaitForElement(".mud-dialog-actions button");
        var person = Assert.Single(world.Get<PresenceStore>().List($"batch:{id}"), x => x.Editing.Count > 0);
        Assert.Equal((Petra.Name, PresenceField.Name), (person.Person, Assert.Single(person.Editing)));

        await dialogs.AnswerAsync(asked, isConfirmed);
        Assert.DoesNotContain(world.Get<PresenceStore>().List($"batch:{id}"), x => x.Editing.Count > 0);
    }
}
