using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;
using MigrationPortal.Engine;
using MigrationPortal.Ui;
using MigrationPortal.Ui.Asking;
using MigrationPortal.Ui.Typing;
using MudBlazor;

namespace MigrationPortal.Lists.Views;

/// <summary>The saved views of a list: one's own and those that others share. A view is an address; choosing one goes there.</summary>
public sealed partial class ViewsMenu
{
    private IReadOnlyList<SavedView> _views = [];
    private Caller? _caller;
    private (string, string)? _read;

    /// <summary>Which list: <c>rooms</c>.</summary>
    [Parameter, EditorRequired] public string List { get; set; } = "";

    /// <summary>Null until the page knows it: the menu keeps its place.</summary>
    [Parameter, EditorRequired] public string? PoolPairId { get; set; }

    /// <summary>The page's address as it is now, without the row that is shown beside the list.</summary>
    [Parameter, EditorRequired] public string Address { get; set; } = "";

    [Parameter, EditorRequired] public ListState State { get; set; } = new();

    [Inject] internal ViewQueries Queries { get; set; } = null!;

    [Inject] internal SaveViewHandler Save { get; set; } = null!;

    [Inject] internal ChangeViewHandler Change { get; set; } = null!;

    [Inject] internal DeleteViewHandler Delete { get; set; } = null!;

    [Inject] internal CurrentCaller CurrentCaller { get; set; } = null!;

    [Inject] internal Drafts Drafts { get; set; } = null!;

    [Inject] internal Toasts Toasts { get; set; } = null!;

    [Inject] public required IDialogService Dialogs { get; set; }

    [Inject] public required NavigationManager Navigation { get; set; }

    private SavedView? Shown => _views.FirstOrDefault(x => x.Id == State.View);

    protected override async Task OnParametersSetAsync()
    {
        if (!RendererInfo.IsInteractive || PoolPairId is not { } pair || _read == (List, pair))
            return;
        _read = (List, pair);
        await ReadAsync();
    }

    private async Task ReadAsync()
    {
        _caller = await CurrentCaller.GetAsync();
        _views = await Queries.ListAsync(PoolPairId!, List, _caller, CancellationToken.None);
    }

    private bool IsOwn(SavedView view) => view.Owner == _caller?.Name;

    private bool IsSame(SavedView view) => ViewText.Query(Address).Value == view.Query;

    // A tab of a page stays open.
    private string UrlOf(SavedView view)
    {
        var (path, tab) = (Address.Split('?')[0], QueryHelpers.ParseQuery(new Uri(Navigation.ToAbsoluteUri(Address).AbsoluteUri).Query).GetValueOrDefault("tab").ToString());
        var url = Urls.WithQuery(path, ("tab", tab));
        if (view.Query.Length > 0)
            url += (url.Contains('?', StringComparison.Ordinal) ? '&' : '?') + view.Query;
        return Urls.WithPair(Urls.WithQuery(url, ("saved", view.Id.ToString(System.Globalization.CultureInfo.InvariantCulture))), PoolPairId);
    }

    private async Task SaveAsync()
    {
        if (await SaveViewDialog.AskAsync(Dialogs, L["ViewSaveTitle"]) is not { } answer)
            return;
        var caller = await CurrentCaller.GetAsync();
        var request = new SaveView(PoolPairId!, List, answer.Name, Address, answer.IsShared);
        await FinishAsync(await Drafts.SendAsync(answer.Draft, () => Save.HandleAsync(request, caller, CancellationToken.None)), isShown: true);
    }

    private async Task RenameAsync(SavedView view)
    {
        if (await Dialogs.AskTextAsync(L["ViewRenameTitle"], L["ViewName"], view.Name, L["ViewRenameAction"]) is not { } answer)
            return;
        var caller = await CurrentCaller.GetAsync();
        await FinishAsync(await Drafts.SendAsync(answer.Draft, () => Change.HandleAsync(new(view.Id, Name: answer.Text), caller, CancellationToken.None)), isShown: false);
    }

    private async Task ChangeAsync(ChangeView request) => await FinishAsync(await Change.HandleAsync(request, await CurrentCaller.GetAsync(), CancellationToken.None), isShown: request.Query is not null);

    /// <param name="isShown">Whether the list shows what the view holds now; else its filters, saved or not, stay.</param>
    private async Task FinishAsync(Outcome<SavedView> outcome, bool isShown)
    {
        if (outcome.Refusal is { } refusal)
        {
            Toasts.Refused(refusal);
            return;
        }

        Toasts.Done(L["ViewSaved", outcome.Value!.Name]);
        await ReadAsync();
        if (isShown)
            Navigation.NavigateTo(UrlOf(outcome.Value), replace: true);
    }

    private async Task DeleteAsync(SavedView view)
    {
        if (await Dialogs.ConfirmAsync(L["ViewDeleteTitle", view.Name], L["ViewDeleteSentence"], L["ViewDeleteAction"], danger: true) is null)
            return;
        var outcome = await Delete.HandleAsync(view.Id, await CurrentCaller.GetAsync(), CancellationToken.None);
        if (outcome.Refusal is { } refusal)
            Toasts.Refused(refusal);
        await ReadAsync();
    }
}
