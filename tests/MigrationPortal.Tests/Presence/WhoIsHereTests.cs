using System.Globalization;
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using MigrationPortal.Access;
using MigrationPortal.Live;
using MigrationPortal.Presence;
using MigrationPortal.Tests.Shared;
using MigrationPortal.Tests.Ui;

namespace MigrationPortal.Tests.Presence;

public sealed class WhoIsHereTests : IAsyncDisposable
{
    private const string Batch = "batch:12";

    private static readonly Caller Lena = new("lena", "Lena Meyer", new HashSet<Role> { Role.Viewer });

    private readonly ServiceProvider _services = new ServiceCollection()
        .AddLogging()
        .AddOptions()
        .AddAuthorization()
        .AddSingleton(TimeProvider.System)
        .AddSingleton<PresenceStore>()
        .AddUnreadDatabase()
        .BuildServiceProvider();

    private PresenceStore Store => _services.GetRequiredService<PresenceStore>();

    [Fact]
    public async Task Render_SevenPeople_ShowsFiveInitialsTheRestAsANumberAndAllInTheList()
    {
        await using var context = new PageContext(_services, Lena);
        for (var i = 0; i < 6; i++)
            Store.Enter($"circuit{i}", new($"person{i}", $"Person {(char)('A' + i)}", Batch, null, TimeProvider.System.GetUtcNow(), i == 1));

        var part = context.Render<WhoIsHere>(x => x.Add(y => y.Subject, Batch));
        await part.InvokeAsync(() => part.Find("[data-presence]").ChangeAsync("visible shown"));

        part.WaitForAssertion(() => Assert.Equal(7, part.FindAll(".sheet li").Count));
        Assert.Equal(5, part.FindAll("summary .av").Count);
        Assert.Equal("+2", part.Find("summary .num").TextContent);
        Assert.Single(part.FindAll("summary .away"));
        Assert.Contains("Lena Meyer", part.Find("summary .sr-only").TextContent, StringComparison.Ordinal);
        Assert.Contains("In a background tab", part.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tell_PersonHidesLooking_IsNotListedAndMayShowAgain()
    {
        await using var context = new PageContext(_services, Lena);
        var part = context.Render<WhoIsHere>(x => x.Add(y => y.Subject, Batch));

        await part.InvokeAsync(() => part.Find("[data-presence]").ChangeAsync("visible private"));
        part.WaitForAssertion(() => Assert.False(part.Find("[data-presence-shows]").HasAttribute("checked")));
        Assert.Empty(Store.List(Batch));

        await part.InvokeAsync(() => part.Find("[data-presence]").ChangeAsync("visible shown"));
        part.WaitForAssertion(() => Assert.Single(part.FindAll(".sheet li")));
    }

    [Theory]
    [InlineData("en", "Carla is editing the options.")]
    [InlineData("de", "Carla bearbeitet die Optionen.")]
    [InlineData("es", "Carla está editando las opciones.")]
    public async Task Look_AnotherPersonEdits_IsSaidAloudAndAtTheField(string language, string sentence)
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        await using var context = new PageContext(_services, Lena);
        var head = context.Render<WhoIsHere>(x => x.Add(y => y.Subject, Batch));
        var field = context.Render<EditingHere>(x => x.Add(y => y.Subject, Batch).Add(y => y.Field, PresenceField.Options).Add(y => y.When, true));
        Assert.Empty(field.FindAll("p"));

        var id = Store.Enter("other", new("carla", "Carla", Batch, PresenceField.Options, TimeProvider.System.GetUtcNow(), false));

        head.WaitForAssertion(() => Assert.Equal(sentence, head.Find("[role=status]").TextContent));
        field.WaitForAssertion(() => Assert.Equal(sentence, field.Find("p").TextContent.Trim()));
        Store.Leave(id);
        field.WaitForAssertion(() => Assert.Empty(field.FindAll("p")));
        head.WaitForAssertion(() => Assert.Equal("", head.Find("[role=status]").TextContent));
    }

    [Fact]
    public async Task EditingHere_InputIsSavedOrThePartGoes_ShowsNobodyEditing()
    {
        await using var context = new PageContext(_services, Lena);
        var field = context.Render<EditingHere>(x => x.Add(y => y.Subject, Batch).Add(y => y.Field, PresenceField.Options).Add(y => y.When, true));
        Assert.Equal([PresenceField.Options], Assert.Single(Store.List(Batch)).Editing);

        field.Render(x => x.Add(y => y.When, false));
        Assert.Empty(Store.List(Batch));

        field.Render(x => x.Add(y => y.When, true));
        await context.DisposeComponentsAsync();
        Assert.Empty(Store.List(Batch));
    }

    [Fact]
    public async Task Render_PresenceIsOff_ShowsAndKeepsNothing()
    {
        await using var portal = new ServiceCollection().AddLogging().AddAuthorization().AddSingleton(TimeProvider.System).AddSingleton<PresenceStore>().AddUnreadDatabase()
            .Configure<PresenceOptions>(x => x.Enabled = false).BuildServiceProvider();
        await using var context = new PageContext(portal, Lena);

        var part = context.Render<WhoIsHere>(x => x.Add(y => y.Subject, Batch));
        context.Render<EditingHere>(x => x.Add(y => y.Subject, Batch).Add(y => y.Field, PresenceField.Options).Add(y => y.When, true));

        Assert.Equal("", part.Markup.Trim());
        Assert.Empty(portal.GetRequiredService<PresenceStore>().List(Batch));
    }

    [Fact]
    public async Task Render_OtherNodesAreCutOff_SaysSo()
    {
        await using var context = new PageContext(_services, Lena);
        var part = context.Render<WhoIsHere>(x => x.Add(y => y.Subject, Batch));

        Store.SetCutOff(true);

        part.WaitForAssertion(() => Assert.Single(part.FindAll(".cut")));
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
